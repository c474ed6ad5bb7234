import { refusesBadInput } from '../behaviour/bad-input';
import { n8n } from './host';

refusesBadInput(n8n);
