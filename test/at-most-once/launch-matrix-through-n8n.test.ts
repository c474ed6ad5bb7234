import { adapterOf } from './adapters';
import { launchesOnceDespiteEveryFault } from './launch-matrix';

launchesOnceDespiteEveryFault(adapterOf('n8n'));
