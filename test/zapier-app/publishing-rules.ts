import { connectionRules } from './publishing/connection-rules';
import { fieldRules } from './publishing/field-rules';
import { iconRule } from './publishing/icon-rule';
import { sampleRules } from './publishing/sample-rules';
import type { Rule } from '../../tools/hosts/zapier/submission';
import { textRules } from './publishing/text-rules';

/**
 * What Zapier checks, online only, before it publishes an app
 * (https://docs.zapier.com/integrations/publish/integration-checks-reference), and its style guide. A
 * house rule says that it is one. Zapier's own schema, which checks the rest, is run beside it.
 */
export const rules: readonly Rule[] = [
  ...connectionRules,
  ...fieldRules,
  ...sampleRules,
  ...textRules,
  iconRule,
];
