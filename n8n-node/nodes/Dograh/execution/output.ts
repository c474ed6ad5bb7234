import { isBlank, parseChoice, parseChoices, RESULT_LABELS, type CallResult } from '@dograh/shared';
import type { IDisplayOptions, INode, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { pick, readSimplify, simplifyField } from '../../simplify-field';
import type { Read } from './parameters';
import { isTool } from './tool';

/** The output of an operation with one result for each input item. */
export function oneItem(result: object): [INodeExecutionData] {
  return [{ json: { ...result } }];
}

/** What an output depends on. */
export interface Reader {
  readonly node: INode;
  /** Reads the parameters of the item. */
  readonly read: Read;
}

/** The keys of a result with more than ten of them. */
interface Keys<T> {
  /** The name of every key in the form. */
  readonly labels: Readonly<Record<keyof T & string, string>>;
  /** The key that a selection always includes. */
  readonly id: keyof T & string;
  /** The keys that Simplify leaves. */
  readonly simplified: readonly (keyof T & string)[];
  /** Keys whose `false` a model must see. */
  readonly answers?: readonly (keyof T & string)[];
  /** Whether Simplify is on. Off if the other values could not be had without another call. */
  readonly simplify: boolean;
}

/** The fields with which a user chooses the keys of an output, and their effect. */
export interface Output<T, R = Reader> {
  /** @param show for which operation */
  fields(show: NonNullable<IDisplayOptions['show']>): INodeProperties[];
  /** Reads the fields. Use it before a call is placed, because an invalid value must not fail the item after it. */
  read(item: R): (result: T) => INodeExecutionData;
}

/** The output of an operation that returns a run. */
export function resultOutput(
  simplified: Keys<CallResult>['simplified'],
  simplify: boolean,
): Output<CallResult> {
  return outputOf({ labels: RESULT_LABELS, id: 'workflow_run_id', simplified, simplify });
}

/** The output of an operation that no AI agent can use, so it has only Simplify, which is on. */
export function workflowOutput<T extends object>(
  simplified: readonly (keyof T & string)[],
): Output<T, Pick<Reader, 'read'>> {
  return {
    fields: (show) => [simplifyField(true, { show, hide: { '@tool': [true] } })],
    read: (reader) => {
      const choose = readForWorkflow({ simplified, simplify: true }, reader);
      return (result) => ({ json: { ...choose(result) } });
    },
  };
}

/** A workflow has Simplify. An AI agent, which has little room for data, has Output: n8n prescribes both. */
export function outputOf<T extends object>(keys: Keys<T>): Output<T> {
  return {
    fields: (show) => [
      simplifyField(keys.simplify, { show, hide: { '@tool': [true] } }),
      ...toolFields(keys, { ...show, '@tool': [true] }),
    ],
    read: (item) => {
      const choose = isTool(item.node) ? readForModel(keys, item) : readForWorkflow(keys, item);
      return (result) => ({ json: { ...choose(result) } });
    },
  };
}

function readForWorkflow<T extends object>(
  { simplified, simplify }: Pick<Keys<T>, 'simplified' | 'simplify'>,
  { read }: Pick<Reader, 'read'>,
): (result: T) => object {
  const isSimple = readSimplify(read('simplify', simplify), simplify);
  return (result) => (isSimple ? pick(result, simplified) : result);
}

const CHOICES = ['simplified', 'raw', 'selected'] as const;
const DEFAULT_CHOICE = 'simplified';
const FIELDS_LABEL = 'Output Fields';

function readForModel<T extends object>(
  { labels, id, simplified, answers = [] }: Keys<T>,
  { read }: Reader,
): (result: T) => object {
  const chosen = read('output', '');
  switch (isBlank(chosen) ? DEFAULT_CHOICE : parseChoice('Output', chosen, CHOICES)) {
    case 'raw':
      return (result) => result;
    case 'selected': {
      const all = Object.keys(labels) as (keyof T & string)[];
      const names = parseChoices(FIELDS_LABEL, read('outputFields', ''), all);
      return (result) => pick(result, [...new Set([id, ...names])]);
    }
    default:
      // Other values would only fill the model's context.
      return (result) => ({ ...withValues(pick(result, simplified)), ...pick(result, answers) });
  }
}

/** Without what says nothing: null, false and empty lists. */
export function withValues<T extends object>(result: T): Partial<T> {
  const filled = Object.entries(result).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(filled) as Partial<T>;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function toolFields<T>(
  { labels, id }: Keys<T>,
  show: NonNullable<IDisplayOptions['show']>,
): INodeProperties[] {
  const options = Object.entries<string>(labels)
    .map(([value, name]) => ({ name, value }))
    .sort((one, other) => one.name.localeCompare(other.name));
  return [
    {
      displayName: 'Output',
      name: 'output',
      type: 'options',
      options: [
        { name: 'Raw', value: 'raw', description: 'All fields' },
        { name: 'Selected Fields', value: 'selected', description: 'Only the fields you choose' },
        { name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
      ],
      default: DEFAULT_CHOICE,
      displayOptions: { show },
      description: 'Which fields of the result the AI agent gets',
    },
    {
      displayName: FIELDS_LABEL,
      name: 'outputFields',
      type: 'multiOptions',
      options,
      default: [],
      displayOptions: { show: { ...show, output: ['selected'] } },
      description: `The fields that the AI agent gets. It always gets ${labels[id]}.`,
    },
  ];
}
