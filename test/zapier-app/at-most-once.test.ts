import { callsAtMostOnce } from '../behaviour/at-most-once';
import { zapier } from '../../tools/hosts/zapier/host';

callsAtMostOnce(zapier);
