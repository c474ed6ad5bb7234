import { readsPastedContext } from '../behaviour/pasted-context';
import { zapier } from '../../tools/hosts/zapier/host';

readsPastedContext(zapier);
