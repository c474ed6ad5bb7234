import { connectionRules } from './publishing/connection-rules';
import { fieldRules } from './publishing/field-rules';
import { iconRule } from './publishing/icon-rule';
import { sampleRules } from './publishing/sample-rules';
import type { Rule } from '../../tools/hosts/zapier/submission';
import { textRules } from './publishing/text-rules';

/**
 * Zapier's rules for published apps, which it checks only online
 * (https://docs.zapier.com/integrations/publish/integration-checks-reference), and its style guide.
 * A comment marks our own rules. Zapier's schema checks everything else, in a test of its own.
 */
export const rules: readonly Rule[] = [
  ...connectionRules,
  ...fieldRules,
  ...sampleRules,
  ...textRules,
  iconRule,
];
