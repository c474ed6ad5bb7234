import { previewsCalls } from '../behaviour/preview';
import { n8n } from '../../tools/hosts/n8n/host';

previewsCalls(n8n);
