import type {
  CampaignRequest,
  RedialRequest,
  UploadRequest,
} from '../../../shared/src/contract/types.gen';
import { listCampaignRuns } from '../agent-runs';
import { Refusal } from '../answer';
import type { Campaign } from './campaign';
import { campaignAnswer, campaignDefaults, campaignProgress } from './campaign-answer';
import { campaignReport } from './campaign-report';
import { assertTelephony, pauseCampaign, resumeCampaign, startCampaign } from './change-campaign';
import { createCampaign } from './create-campaign';
import { assertId } from '../database';
import { presignUpload } from './presign-upload';
import { assertReason, redialCampaign } from './redial-campaign';
import { organizationOf, type Route, type RouteRequest } from '../route';

const downloadSeconds = 3600;

/** The routes of campaigns by the operation's name in the contract. */
export const campaignRoutes: Record<string, Route> = {
  presignUpload: {
    faults: 'presign',
    handle: (request) =>
      presignUpload(request.body as UploadRequest, organizationOf(request), request.storage),
  },
  getCampaignDefaults: {
    faults: 'campaignDefaults',
    handle: (request) =>
      campaignDefaults(organizationOf(request), request.world, ownCampaigns(request)[0]),
  },
  createCampaign: {
    faults: 'createCampaign',
    handle: (request) => {
      const organization = organizationOf(request);
      const campaign = createCampaign(request.body as CampaignRequest, organization, request);
      return campaignAnswer(campaign, request.world);
    },
  },
  listCampaigns: {
    faults: 'campaigns',
    handle: (request) => ({
      campaigns: ownCampaigns(request).map((campaign) => campaignAnswer(campaign, request.world)),
    }),
  },
  getCampaign: {
    faults: 'campaign',
    handle: (request) => campaignAnswer(campaignIn(request), request.world),
  },
  getCampaignProgress: {
    faults: 'campaignProgress',
    handle: (request) => campaignProgress(campaignIn(request), request.runs),
  },
  listCampaignRuns: {
    faults: 'campaignRuns',
    handle: (request) =>
      listCampaignRuns(campaignIn(request).id, request.query, request.world, request.runs),
  },
  getCampaignReport: {
    faults: 'campaignReport',
    handle: (request) => campaignReport(campaignIn(request), request.runs, request.url),
  },
  getCampaignSource: { faults: 'campaignSource', handle: campaignSource },
  startCampaign: {
    faults: 'startCampaign',
    handle: (request) => {
      const { world, orchestrator, runs } = request;
      assertTelephony(organizationOf(request), world);
      return changed(request, (campaign) => {
        startCampaign(campaign, world, orchestrator, runs.now());
      });
    },
  },
  pauseCampaign: {
    faults: 'pauseCampaign',
    handle: (request) => changed(request, pauseCampaign),
  },
  resumeCampaign: {
    faults: 'resumeCampaign',
    handle: (request) => {
      const { world, orchestrator } = request;
      assertTelephony(organizationOf(request), world);
      return changed(request, (campaign) => {
        resumeCampaign(campaign, world, orchestrator);
      });
    },
  },
  redialCampaign: {
    faults: 'redialCampaign',
    handle: (request) => {
      const { campaigns, runs, world } = request;
      const body = request.body as RedialRequest;
      assertReason(body);
      return campaignAnswer(redialCampaign(campaignIn(request), body, campaigns, runs), world);
    },
  },
};

function changed(request: RouteRequest, change: (campaign: Campaign) => void): unknown {
  const campaign = campaignIn(request);
  change(campaign);
  return campaignAnswer(campaign, request.world);
}

function campaignSource(request: RouteRequest): unknown {
  const { sourceId, organizationId } = campaignIn(request);
  if (!sourceId.startsWith(`campaigns/${String(organizationId)}/`)) {
    throw new Refusal(403, 'Access denied: Source file does not belong to your organization');
  }
  return { download_url: request.storage.signedUrl(sourceId), expires_in: downloadSeconds };
}

/** The newest first. */
function ownCampaigns(request: RouteRequest): Campaign[] {
  const { id } = organizationOf(request);
  return request.campaigns.all.filter(({ organizationId }) => organizationId === id).toReversed();
}

function campaignIn(request: RouteRequest): Campaign {
  const organization = organizationOf(request);
  const id = Number(request.parameters['campaign_id']);
  assertId(id, 'campaigns');
  const campaign = request.campaigns.withId(id);
  if (campaign?.organizationId !== organization.id) throw new Refusal(404, 'Campaign not found');
  return campaign;
}
