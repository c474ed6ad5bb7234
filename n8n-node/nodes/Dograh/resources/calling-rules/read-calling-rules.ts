import { InvalidInputError, isBlank, type CallingRulesInput } from '@dograh/shared';
import type { IDataObject, INode } from 'n8n-workflow';
import { expressionsIn, hasExpression } from '../../execution/parameters';
import { isTool } from '../../execution/tool';
import { defaultCountryField, numberFormatField } from '../number-fields';
import { callingRuleOptions } from './calling-rule-options';

/**
 * The calling rules in the options of an item, not validated. An added rule without a value is refused: an expression
 * without a result would turn the rule off.
 * @throws InvalidInputError
 */
export function readCallingRules(options: IDataObject, node: INode): CallingRulesInput {
  const added = callingRuleOptions.filter(({ name }) => name in options);
  if (added.length > 0 && isTool(node)) assertNotSetByModel(node);
  for (const { name, displayName } of added) {
    if (isBlank(valueOf(options, name))) throw emptyError(displayName);
  }
  const { attempts, callingHours, minimumHoursBetween, ...others } = Object.fromEntries(
    added.map(({ name }) => [name, valueOf(options, name)]),
  ) as Rules;
  if (callingHours !== undefined) assertResults(callingHours, node);
  if (others.doNotCall !== undefined) assertWholeList(others.doNotCall, node);
  if (attempts !== undefined && isBlank(attempts.maximumCalls)) throw emptyError('Maximum Calls');
  return { ...others, attempts: { ...attempts, minimumHoursBetween }, callingHours };
}

interface Rules extends Omit<CallingRulesInput, 'attempts' | 'callingHours'> {
  readonly attempts?: NonNullable<CallingRulesInput['attempts']>;
  readonly callingHours?: NonNullable<CallingRulesInput['callingHours']>;
  readonly minimumHoursBetween?: unknown;
}

/** An option with several fields has them in `values`. Undefined if the user has not added the fields. */
function valueOf(options: IDataObject, name: string): unknown {
  const value = options[name];
  const isGroup = callingRuleOptions.some(
    (one) => one.name === name && one.type === 'fixedCollection',
  );
  return isGroup ? (value as IDataObject | null | undefined)?.['values'] : value;
}

/** An expression without a result would mean the default days, or no dates. */
const MUST_HAVE_RESULT = {
  days: 'Calling Days',
  datesWithoutCalls: 'Dates Without Calls',
} as const;

function assertResults(hours: NonNullable<Rules['callingHours']>, node: INode): void {
  const stored = valueOf(node.parameters['options'] as IDataObject, 'callingHours') as IDataObject;
  for (const name of ['days', 'datesWithoutCalls'] as const) {
    if (hasExpression(stored[name]) && isBlank(hours[name]))
      throw emptyError(MUST_HAVE_RESULT[name]);
  }
}

function emptyError(label: string): InvalidInputError {
  const emptyList = label === 'Do Not Call List' || label === 'Dates Without Calls';
  return new InvalidInputError({
    message: `${label} is empty.`,
    hint: `No number was dialed. Fill it in, or remove the option. If it is an expression, check its result.${emptyList ? ' An empty list is [].' : ''}`,
  });
}

/** A person who drags a field of another node gets one row of it, so a list of one number. */
function assertWholeList(list: unknown, node: INode): void {
  const stored = (node.parameters['options'] as IDataObject)['doNotCall'];
  const isOneRow =
    typeof stored === 'string' && /\.(?:item|first\(\)|last\(\))\.json\b/.test(stored);
  if (!hasExpression(stored) || !isOneRow || Array.isArray(list)) return;
  if (/[,;\n]/.test(String(list))) return;
  throw new InvalidInputError({
    message:
      'Do Not Call List is one number, because the expression takes one row of another node.',
    hint: "No number was dialed. Take all rows, as in {{ $('Read list').all().map(row => row.json.phone) }}.",
  });
}

/** What an expression may use in a rule of a tool. A model chooses its arguments, and they are the item of the tool. */
const NOT_FROM_MODEL: ReadonlySet<string> = new Set([
  ...['$now', '$today', '$vars', '$env', '$secrets', '$workflow', '$execution'],
  ...['$max', '$min', '$if', '$ifEmpty'],
]);

/** Names of n8n, parameters of nodes, which can contain arguments of the model, and names in another spelling. */
const DOUBTFUL = /\$\w+|\b(?:params|parameter)\b|\\[ux]/g;

/** The rules, and the options that decide how numbers are compared. */
const OPTIONS_OF_RULES = [...callingRuleOptions, defaultCountryField, numberFormatField];

/** @throws InvalidInputError if a model could loosen a rule */
function assertNotSetByModel({ parameters }: INode): void {
  const stored = parameters['options'] as IDataObject;
  for (const { displayName, name } of OPTIONS_OF_RULES) {
    const used = expressionsIn(stored[name]).flatMap((text) => text.match(DOUBTFUL) ?? []);
    const notAllowed = used.find((word) => !NOT_FROM_MODEL.has(word));
    if (notAllowed === undefined) continue;
    throw new InvalidInputError({
      message: `${displayName} uses ${notAllowed}, so the model of an AI agent could loosen the rule.`,
      hint: "Use a fixed value, or the output of another node, as in $('Read list').all().",
    });
  }
}
