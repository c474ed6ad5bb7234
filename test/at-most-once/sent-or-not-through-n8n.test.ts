import { adapterOf } from './adapters';
import { reportsWhetherItSent } from './sent-or-not';

reportsWhetherItSent(adapterOf('n8n'));
