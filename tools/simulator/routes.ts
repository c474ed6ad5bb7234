import type { CallRequestBody } from '../../shared/src/contract/types.gen';
import { getAgent, listAgents, listAgentVersions } from './agents';
import { getRun, listAgentRuns } from './agent-runs';
import type { CallOrder } from './call-order';
import { campaignRoutes } from './campaigns/campaign-routes';
import { downloadArtifact } from './download-artifact';
import { listDispositions } from './list-dispositions';
import { listRuns } from './list-runs';
import { placeCall } from './place-call';
import { organizationOf, type Route, type RouteRequest } from './route';
import { listPhoneNumbers, listTelephonyConfigurations } from './telephony';

/** The routes by the operation's name in the contract. */
export const routes: Record<string, Route> = {
  placeCallByTrigger: callRoute('trigger', 'production'),
  placeTestCallByTrigger: callRoute('trigger', 'test'),
  placeCallByAgentUuid: callRoute('agent-uuid', 'production'),
  placeTestCallByAgentUuid: callRoute('agent-uuid', 'test'),
  getOrganizationContext: { faults: 'context', handle: organizationContext },
  listRuns: {
    faults: 'runs',
    handle: (request) =>
      listRuns(request.query, organizationOf(request), request.world, request.runs, request.url),
  },
  listDispositions: {
    faults: 'dispositions',
    handle: (request) => listDispositions(organizationOf(request), request.runs),
  },
  listAgents: {
    faults: 'agents',
    handle: (request) =>
      listAgents(request.query, organizationOf(request), request.world, request.runs),
  },
  getAgent: {
    faults: 'agents',
    handle: (request) => getAgent(agentIdIn(request), organizationOf(request), request.world),
  },
  listAgentVersions: {
    faults: 'agents',
    handle: (request) =>
      listAgentVersions(agentIdIn(request), request.query, organizationOf(request), request.world),
  },
  listAgentRuns: {
    faults: 'agentRuns',
    handle: (request) =>
      listAgentRuns(
        agentIdIn(request),
        request.query,
        organizationOf(request),
        request.world,
        request.runs,
      ),
  },
  getRun: { faults: 'run', handle: runOfAgent },
  listTelephonyConfigurations: {
    faults: 'telephony',
    handle: (request) => listTelephonyConfigurations(organizationOf(request), request.world),
  },
  listPhoneNumbers: {
    faults: 'telephony',
    handle: (request) =>
      listPhoneNumbers(
        request.parameters['config_id'] ?? '',
        organizationOf(request),
        request.world,
      ),
  },
  downloadArtifact: {
    faults: 'artifact',
    handle: ({ parameters, runs, storage }) =>
      downloadArtifact(parameters['token'] ?? '', parameters['artifact'] ?? '', runs, storage),
  },
  ...campaignRoutes,
  getHealth: { faults: 'health', handle: health },
};

function callRoute(
  kind: CallOrder['target']['kind'],
  environment: CallOrder['environment'],
): Route {
  return {
    faults: 'call',
    handle: ({ parameters, headers, body, world, runs }) => {
      const target: CallOrder['target'] =
        kind === 'trigger'
          ? { kind, trigger: parameters['trigger'] ?? '' }
          : { kind, uuid: parameters['workflow_uuid'] ?? '' };
      const apiKey = headers['x-api-key'] ?? '';
      return placeCall({ target, environment, apiKey, body: body as CallRequestBody }, world, runs);
    },
  };
}

/** Dograh returns any run of the organization, even if the URL names another agent. Clients must not rely on that. */
function runOfAgent(request: RouteRequest): unknown {
  const { parameters, world, runs, url, note } = request;
  const run = getRun(parameters['run_id'] ?? '', organizationOf(request), world, runs, url);
  const agentId = agentIdIn(request);
  if (String(run.workflow_id) !== agentId) {
    note(`path run ${String(run.id)} is not of agent ${agentId}`);
  }
  return run;
}

function agentIdIn({ parameters }: RouteRequest): string {
  return parameters['workflow_id'] ?? '';
}

function organizationContext(request: RouteRequest): unknown {
  return {
    organization_id: organizationOf(request).id,
    organization_provider_id: null,
    model_services: {
      config_source: 'organization_v2',
      has_model_configuration_v2: true,
      managed_service_version: null,
      uses_managed_service_v2: false,
    },
  };
}

function health({ url }: RouteRequest): unknown {
  return {
    status: 'ok',
    version: '1.45.0',
    backend_api_endpoint: url,
    tunnel_url: null,
    deployment_mode: 'oss',
    auth_provider: 'local',
    turn_enabled: false,
    force_turn_relay: false,
    signup_enabled: true,
    stack_project_id: null,
    stack_publishable_client_key: null,
  };
}
