import { adapterOf } from './adapters';
import { tellsWhetherItSent } from './sent-or-not';

tellsWhetherItSent(adapterOf('axios'));
