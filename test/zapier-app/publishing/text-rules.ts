import {
  authFieldsOf,
  fieldsIn,
  inputFieldsOf,
  markdownOf,
  operationsOf,
  textsIn,
  violations,
  visibleOperationsOf,
  type Located,
  type LocatedText,
  type Rule,
  type Submission,
} from '../../../tools/hosts/zapier/submission';

const SMALL_WORDS = /^(a|an|and|as|at|but|by|for|from|if|in|of|on|or|per|the|to|via|vs|with)$/;
const CAPITALIZED = /^\(?[A-Z0-9][\w’'/-]*\)?$/;
/** The sentence starts with a verb in the third person, such as "Finds". */
const STARTS_WITH_VERB = /^(?!(This|Its|Is|Was|Has|Always|Perhaps|Calls? to)\b)[A-Z][a-z]+s [a-z]/;
const DESCRIPTION_LENGTH = { min: 40, max: 140 };

export const textRules: readonly Rule[] = [
  {
    name: 'URLs start with https',
    check: (submission) =>
      violations(
        textsIn({ description: submission.description, ...submission.definition }, 'app'),
        ({ text }) => /\bhttp:\/\//i.test(text),
        'has a URL without https',
      ),
  },
  {
    name: 'URLs in texts are links or code, and links open a web page',
    check: (submission) => markdownOf(submission).flatMap(badLinks),
  },
  {
    name: 'labels are in Title Case',
    check: (submission) =>
      violations(
        labelsOf(submission),
        ({ text }) => !isTitleCase(text),
        'has a label that is not in Title Case',
      ),
  },
  {
    name: 'the description of a trigger is "Triggers when …."',
    check: (submission) =>
      violations(
        visible(submission, 'triggers'),
        ({ display: { description = '' } }) => !/^Triggers when \S.*\.$/.test(description),
        'has a description that is not "Triggers when …."',
      ),
  },
  {
    // Zapier's guide says "typically Find". Check Number finds no record: it always returns one result.
    name: 'a search is called "Find …" or "Check …"',
    check: (submission) =>
      violations(
        visible(submission, 'searches'),
        ({ display: { label = '' } }) => !/^(Find|Check) \S/.test(label),
        'is not called "Find …" or "Check …"',
      ),
  },
  {
    name: 'a description starts with a verb',
    check: (submission) =>
      violations(
        visibleOperationsOf(submission),
        ({ display: { description = '' } }) => !STARTS_WITH_VERB.test(description),
        'has a description that does not start with a verb',
      ),
  },
  {
    name: 'labels and descriptions of operations do not name the app',
    check: (submission) =>
      violations(
        visibleOperationsOf(submission),
        ({ display: { label = '', description = '' } }) =>
          `${label} ${description}`.toLowerCase().includes(submission.title.toLowerCase()),
        'names the app',
      ),
  },
  {
    name: 'the description of the app has 40 to 140 characters and is only about the app',
    check: ({ description }) => {
      const { min, max } = DESCRIPTION_LENGTH;
      const hasGoodLength = description.length >= min && description.length <= max;
      return [
        ...(hasGoodLength ? [] : [`description has ${description.length} characters`]),
        ...(/zapier/i.test(description) ? ['description names Zapier'] : []),
        ...(/\bsync/i.test(description) ? ['description is about the integration'] : []),
      ];
    },
  },
];

function visible(submission: Submission, kind: Located['kind']): Located[] {
  return visibleOperationsOf(submission).filter((operation) => operation.kind === kind);
}

function badLinks({ path, text }: LocatedText): string[] {
  const withoutCode = text.replace(/`[^`]*`/g, '');
  const links = [...withoutCode.matchAll(/\[[^\]]*\]\(([^)]*)\)/g)];
  const rest = withoutCode.replace(/\[[^\]]*\]\([^)]*\)/g, '');
  return [
    ...links
      .filter(([, target = '']) => !/^https?:\/\/[\w.-]+(\/|$|\?|#|:)/i.test(target))
      .map(([link]) => `${path} has a link that does not open a web page: ${link}`),
    ...(/\bwww\.|:\/\/|\b(javascript|vbscript|data|file):|\]\(|<a\b/i.test(rest)
      ? [`${path} has a URL that is neither a link nor code`]
      : []),
  ];
}

function labelsOf(submission: Submission): LocatedText[] {
  const ofSteps = operationsOf(submission).map(({ path, display: { label } }) => ({ path, label }));
  const ofFields = operationsOf(submission).flatMap((located) => [
    ...inputFieldsOf(located),
    ...fieldsIn(located.operation.outputFields).map(({ key, label }) => ({
      path: `${located.path}.output.${key}`,
      label,
    })),
  ]);
  return [...ofSteps, ...authFieldsOf(submission), ...ofFields].flatMap(({ path, label }) =>
    label === undefined ? [] : [{ path, text: label }],
  );
}

function isTitleCase(label: string): boolean {
  const words = label.split(' ');
  return words.every(
    (word, index) =>
      CAPITALIZED.test(word) || (SMALL_WORDS.test(word) && index > 0 && index < words.length - 1),
  );
}
