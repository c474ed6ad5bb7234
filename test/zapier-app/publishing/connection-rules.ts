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
        'asks for a secret, which belongs in the connection',
      ),
  },
  {
    name: 'the help text of a secret links to the page where users find it',
    check: (submission) =>
      violations(
        authFieldsOf(submission).filter(({ type }) => type === 'password'),
        ({ helpText = '' }) => !LINK.test(helpText),
        'has no link in its help text',
      ),
  },
  {
    name: 'a connection has a label that identifies it',
    check: ({ definition: { authentication } }) => {
      if (authentication === undefined) return [];
      const { connectionLabel: label } = authentication;
      const identifies =
        typeof label === 'function' || (typeof label === 'string' && /\{\{[^{}]+\}\}/.test(label));
      return identifies ? [] : ['authentication.connectionLabel is the same for every connection'];
    },
  },
];
