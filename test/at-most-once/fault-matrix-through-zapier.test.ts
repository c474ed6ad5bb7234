import { adapterOf } from './adapters';
import { standsEveryFault } from './fault-matrix';

standsEveryFault(adapterOf('Zapier'));
