import { refusesBadInput } from '../behaviour/bad-input';
import { n8n } from '../../tools/hosts/n8n/host';

refusesBadInput(n8n);
