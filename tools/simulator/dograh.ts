import { FileBody, Redirect, Refusal, type Answer } from './answer';
import { bodyProblems } from './body-problems';
import type { Contract, ContractOperation } from './contract';
import {
  compileCheck,
  schemaCompiler,
  type ContractViolation,
  type OperationCheck,
} from './contract-validation';
import type { FaultTarget } from './faults';
import type { RequestRecord } from './request-record';
import type { RouteRequest } from './route';
import { routes } from './routes';

type State = Omit<RouteRequest, keyof ReceivedRequest | 'note'>;
type ReceivedRequest = Pick<RouteRequest, 'parameters' | 'query' | 'headers' | 'body'>;
type Route = (typeof routes)[string];

/** One operation of the contract, with its checks and its route. */
interface Endpoint {
  operation: ContractOperation;
  check: OperationCheck;
  route: Route;
}

/** Responds to requests as Dograh does, and checks each request and response against the contract. */
export class Dograh {
  readonly contractViolations: ContractViolation[] = [];
  private readonly endpoints: Endpoint[];

  /** `state` is called for each request, because the URL is known only after the server listens. */
  constructor(
    private readonly contract: Contract,
    private readonly state: () => State,
  ) {
    this.endpoints = endpointsOf(contract);
  }

  /** The faults that apply to a request. Undefined for a route that Dograh does not have. */
  faultsFor(record: RequestRecord): FaultTarget | undefined {
    if (asksForDocument(record)) return 'openapi';
    return this.find(record)?.route.faults;
  }

  /** Handles a request after its body was read. This may place a call. */
  answer(record: RequestRecord, text: string): Answer {
    if (asksForDocument(record)) return { status: 200, body: this.contract.document };
    const endpoint = this.find(record);
    if (!endpoint) return this.noSuchRoute(record);
    const answer = this.handle(endpoint, record, text);
    const problems = endpoint.check.answer(answer);
    if (problems.length === 0) return answer;
    this.note('answer', endpoint, problems);
    return { status: 500, body: { detail: `Against the contract: ${problems.join('; ')}` } };
  }

  private handle(
    { operation, check, route }: Endpoint,
    record: RequestRecord,
    text: string,
  ): Answer {
    const parameters = operation.match(decodedPath(record.path)) ?? {};
    const received = { path: parameters, query: record.query, headers: record.headers };
    const problems = [
      ...check.parameters(received),
      ...(operation.body ? bodyProblems(record, text, check) : []),
    ];
    if (problems.length > 0) return new Refusal(422, problems).answer();
    this.note('request', { operation }, check.unnoticed(received, record.body));
    try {
      const { query, headers, body } = record;
      const note = (problem: string): void => {
        this.note('request', { operation }, [problem]);
      };
      const request = { parameters, query, headers, body, note, ...this.state() };
      const result = route.handle(request);
      const isWhole = result instanceof Redirect || result instanceof FileBody;
      return isWhole ? result.answer() : { status: 200, body: result };
    } catch (error) {
      if (error instanceof Refusal) return error.answer();
      // The simulator has a bug. Tests check contractViolations, so they notice it.
      this.note('answer', { operation }, [String(error)]);
      return { status: 500, body: { detail: `The simulator failed: ${String(error)}` } };
    }
  }

  private find(record: RequestRecord): Endpoint | undefined {
    return this.atPath(record).find(({ operation }) => operation.method === record.method);
  }

  private atPath(record: RequestRecord): Endpoint[] {
    const path = decodedPath(record.path);
    return this.endpoints.filter(({ operation }) => operation.match(path));
  }

  private noSuchRoute(record: RequestRecord): Answer {
    const others = this.atPath(record).map(({ operation }) => operation.method);
    if (others.length === 0) return new Refusal(404, 'Not Found').answer();
    return new Refusal(405, 'Method Not Allowed', { allow: others.join(', ') }).answer();
  }

  private note(
    side: ContractViolation['side'],
    { operation }: Pick<Endpoint, 'operation'>,
    problems: string[],
  ): void {
    const route = `${operation.method} ${operation.path}`;
    this.contractViolations.push(...problems.map((problem) => ({ side, route, problem })));
  }
}

/** The document describes the API, so it is not one of its own operations. It needs no key. */
function asksForDocument({ method, path }: RequestRecord): boolean {
  return method === 'GET' && path === '/api/v1/openapi.json';
}

/** Compiling the checks takes long, so all simulators of a process share them. */
const compiled = new WeakMap<Contract, Endpoint[]>();

function endpointsOf(contract: Contract): Endpoint[] {
  const known = compiled.get(contract);
  if (known !== undefined) return known;
  const compile = schemaCompiler(contract);
  const endpoints = contract.operations.map((operation) => {
    const route = routes[operation.id];
    if (!route)
      throw new Error(
        `The contract has ${operation.id}, but the simulator does not. Add it to routes.ts.`,
      );
    return { operation, route, check: compileCheck(operation, compile) };
  });
  compiled.set(contract, endpoints);
  return endpoints;
}

/** Dograh's server decodes a path before it searches for the route, so `%2F` also separates segments. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
