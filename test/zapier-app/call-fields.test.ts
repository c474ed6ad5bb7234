import { sendsCallFields } from '../behaviour/call-fields';
import { zapier } from '../../tools/hosts/zapier/host';

sendsCallFields(zapier);
