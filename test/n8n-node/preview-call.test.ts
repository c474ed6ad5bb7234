import { previewsCalls } from '../behaviour/preview';
import { n8n } from './host';

previewsCalls(n8n);
