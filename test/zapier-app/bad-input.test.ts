import { refusesBadInput } from '../behaviour/bad-input';
import { zapier } from './host';

refusesBadInput(zapier);
