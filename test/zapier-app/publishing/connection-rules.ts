import {
  authFieldsOf,
  everyInputFieldOf,
  violations,
  type Rule,
} from '../../../tools/hosts/zapier/submission';

const SECRET = /\b(api|access|auth)[ _-]?(key|token)s?\b|\b(secret|password|bearer)\b/i;
const LINK = /\[[^\]]+\]\(https:\/\/[^)\s]+\)/;

export const connectionRules: readonly Rule[] = [
  {
    name: 'no field of a step asks for an API key',
    check: (submission) =>
      violations(
        everyInputFieldOf(submission),
        ({ key, label = '', type }) =>
          type === 'password' ||
          [key.replaceAll('_', ' '), label].some((name) => SECRET.test(name)),
        'asks for what belongs into the connection',
      ),
  },
  {
    name: 'the help text of a secret in the connection links to where it is found',
    check: (submission) =>
      violations(
        authFieldsOf(submission).filter(({ type }) => type === 'password'),
        ({ helpText = '' }) => !LINK.test(helpText),
        'has no link in its help text',
      ),
  },
  {
    name: 'connections have a label that tells them apart',
    check: ({ definition: { authentication } }) => {
      if (authentication === undefined) return [];
      const { connectionLabel: label } = authentication;
      const isTelling =
        typeof label === 'function' || (typeof label === 'string' && /\{\{[^{}]+\}\}/.test(label));
      return isTelling ? [] : ['authentication.connectionLabel is the same for every connection'];
    },
  },
];
