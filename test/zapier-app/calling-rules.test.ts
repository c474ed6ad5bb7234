import { followsCallingRules } from '../behaviour/calling-rules';
import { hurryWaits } from '../support/host-time';
import { zapier } from '../../tools/hosts/zapier/host';

hurryWaits();
followsCallingRules(zapier);
