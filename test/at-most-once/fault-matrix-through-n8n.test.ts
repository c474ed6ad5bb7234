import { adapterOf } from './adapters';
import { handlesEveryFault } from './fault-matrix';

handlesEveryFault(adapterOf('n8n'));
