import { sendsCallFields } from '../behaviour/call-fields';
import { n8n } from '../../tools/hosts/n8n/host';

sendsCallFields(n8n);
