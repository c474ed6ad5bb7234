import { refusesBadInput } from '../behaviour/bad-input';
import { zapier } from '../../tools/hosts/zapier/host';

refusesBadInput(zapier);
