import { refusesTexts } from '../behaviour/texts';
import { zapier } from '../../tools/hosts/zapier/host';

refusesTexts(zapier);
