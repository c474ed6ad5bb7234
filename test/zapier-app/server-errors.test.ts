import { hidesServerErrors } from '../behaviour/server-errors';
import { hurryWaits } from '../support/host-time';
import { zapier } from '../../tools/hosts/zapier/host';

hurryWaits();
hidesServerErrors(zapier);
