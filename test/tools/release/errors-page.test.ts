// The error kind keeps its name. cspell:ignore Cancelled
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { ZObject } from 'zapier-platform-core';
import * as errors from '../../../shared/src/errors/dograh-error';
import type { DograhError, DograhErrorKind } from '../../../shared/src/errors/dograh-error';
import { toNodeError } from '../../../n8n-node/nodes/host/errors';
import { inZap } from '../../../zapier-app/src/host/errors';
import { ROOT } from './repository';

const PAGE = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
const FIELDS = { message: 'It failed.', hint: 'Try something else.' };

/** The compiler asks for each kind that there is. */
const ERRORS: Readonly<Record<DograhErrorKind, DograhError>> = {
  InvalidInput: new errors.InvalidInputError(FIELDS),
  Authentication: new errors.AuthenticationError(FIELDS),
  PermissionDenied: new errors.PermissionDeniedError(FIELDS),
  NotFound: new errors.NotFoundError(FIELDS),
  QuotaExceeded: new errors.QuotaExceededError(FIELDS),
  ConcurrencyLimit: new errors.ConcurrencyLimitError(FIELDS),
  CallingRule: new errors.CallingRuleError({
    ...FIELDS,
    skip_reason: 'do_not_call',
    callable_at: null,
  }),
  Telephony: new errors.TelephonyError(FIELDS),
  Contract: new errors.ContractError(FIELDS),
  Server: new errors.ServerError(FIELDS),
  Network: new errors.NetworkError(FIELDS),
  OutcomeUnknown: new errors.OutcomeUnknownError(FIELDS),
  InProgress: new errors.InProgressError(FIELDS),
  Cancelled: new errors.CancelledError({ ...FIELDS, callPlaced: 'unknown' }),
};

/** Zapier skips such a call. */
const NEVER_IN_ZAPIER: readonly DograhErrorKind[] = ['CallingRule'];

/** The words of the page for Zapier's own errors. */
const WORDS: Readonly<Record<string, string>> = {
  Error: 'error',
  ExpiredAuthError: 'reconnect',
  ThrottledError: 'runs again',
  HaltedError: 'halted',
};

describe('the page about errors', () => {
  const rows = [...PAGE.matchAll(/^\| `(\w+)` +\|.*\| ([^|]+?) +\|$/gm)].map(
    ([, kind = '', reactions = '']) => ({ kind, reactions }),
  );

  it('has one row for each kind of error', () => {
    expect(rows.map(({ kind }) => kind).sort()).toEqual(Object.keys(ERRORS).sort());
  });

  it.each(Object.values(ERRORS))('states what both hosts do with $kind', async (error) => {
    const row = rows.find(({ kind }) => kind === error.kind);
    const cause = causeInN8n(error);
    const inZapier = NEVER_IN_ZAPIER.includes(error.kind) ? 'never' : await wordForZapier(error);

    expect(row?.reactions).toBe(`${cause === undefined ? 'none' : `\`${cause}\``} · ${inZapier}`);
  });

  it('states what both hosts do after a 500, which a repetition rarely changes', async () => {
    const error = new errors.ServerError({ ...FIELDS, status: 500 });

    expect(causeInN8n(error)).toBeUndefined();
    expect(await wordForZapier(error)).toBe('error');
    expect(PAGE).toContain(
      'After a 500, `Server` is not retryable: n8n records no cause, and Zapier shows an error.',
    );
  });

  it('explains each word for Zapier', () => {
    for (const word of Object.values(WORDS)) expect(PAGE).toMatch(new RegExp(`^\\| ${word} `, 'm'));
  });
});

function causeInN8n(error: DograhError): string | undefined {
  const node: INode = {
    id: '1',
    name: 'Dograh',
    type: 'n8n-nodes-dograh.dograh',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
  };
  return toNodeError(error, node, 0, '').failure?.cause;
}

async function wordForZapier(error: DograhError): Promise<string | undefined> {
  const thrown = await inZap(zapier(), () => Promise.reject(error)).catch(
    (one: unknown) => one as Error,
  );
  return WORDS[thrown instanceof Error ? thrown.name : ''];
}

function zapier(): ZObject {
  const classes = Object.keys(WORDS).map((name) => {
    class ZapierError extends Error {
      override readonly name = name;
    }
    return [name, ZapierError];
  });
  return { errors: Object.fromEntries(classes) as ZObject['errors'] } as ZObject;
}
