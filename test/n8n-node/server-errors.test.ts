import { hidesServerErrors } from '../behaviour/server-errors';
import { hurryWaits } from '../support/host-time';
import { n8n } from '../../tools/hosts/n8n/host';

hurryWaits();
hidesServerErrors(n8n);
