import { callsAtMostOnce } from '../behaviour/at-most-once';
import { n8n } from './host';

callsAtMostOnce(n8n);
