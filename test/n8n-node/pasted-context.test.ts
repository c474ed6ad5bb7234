import { readsPastedContext } from '../behaviour/pasted-context';
import { n8n } from '../../tools/hosts/n8n/host';

readsPastedContext(n8n);
