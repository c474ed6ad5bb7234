import { callsAtMostOnce } from '../behaviour/at-most-once';
import { zapier } from './host';

callsAtMostOnce(zapier);
