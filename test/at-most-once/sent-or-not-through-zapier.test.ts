import { adapterOf } from './adapters';
import { reportsWhetherItSent } from './sent-or-not';

reportsWhetherItSent(adapterOf('Zapier'));
