import { callsAtMostOnce } from '../behaviour/at-most-once';
import { n8n } from '../../tools/hosts/n8n/host';

callsAtMostOnce(n8n);
