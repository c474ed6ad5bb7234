import type { RedialRequest } from '../../../shared/src/contract/types.gen';
import { Refusal } from '../answer';
import type { Campaign, CampaignRow } from './campaign';
import type { Campaigns } from './campaigns';
import { valueError } from '../fastapi-problem';
import type { Runs } from '../runs';

/** A new campaign for the contacts whose last call was not answered. It has no telephony configuration. */
export function redialCampaign(
  parent: Campaign,
  request: RedialRequest,
  campaigns: Campaigns,
  runs: Runs,
): Campaign {
  if (parent.state !== 'completed') {
    const reason = `Only completed campaigns can be redialed (current state: ${parent.state})`;
    throw new Refusal(400, reason);
  }
  if (parent.redialedCampaignId !== null) {
    throw new Refusal(400, 'This campaign has already been redialed');
  }
  const tags = wantedTags(request);
  const contacts = parent.rows
    .filter(({ parentRowId }) => parentRowId === null)
    .filter((row) => lastTags(row, parent, runs).some((tag) => tags.includes(tag)));
  if (contacts.length === 0) {
    throw new Refusal(400, 'No subscribers match the selected redial criteria');
  }
  const child = campaigns.create(
    {
      name: request.name ?? `${parent.name} (Redial)`,
      organizationId: parent.organizationId,
      agentId: parent.agentId,
      sourceId: parent.sourceId,
      settings: parent.settings,
      telephonyConfigurationId: null,
      parentCampaignId: parent.id,
    },
    runs.now(),
  );
  for (const { sourceUuid, context } of contacts) campaigns.addRow(child, { sourceUuid, context });
  child.totalRows = contacts.length;
  child.sync = { status: 'completed', at: null };
  parent.redialedCampaignId = child.id;
  return child;
}

/** Throws Dograh's response if no kind of unanswered call is wanted. */
export function assertReason(request: RedialRequest): void {
  if (wantedTags(request).length > 0) return;
  const names = 'retry_on_voicemail, retry_on_no_answer, retry_on_busy';
  throw new Refusal(422, [valueError([], `At least one of ${names} must be true`, request)]);
}

function wantedTags(request: RedialRequest): string[] {
  const {
    retry_on_voicemail: voicemail = true,
    retry_on_no_answer: noAnswer = true,
    retry_on_busy: busy = true,
  } = request;
  return [
    ...(voicemail ? ['voicemail_detected'] : []),
    ...(noAnswer ? ['telephony_no-answer'] : []),
    ...(busy ? ['telephony_busy'] : []),
  ];
}

/** The tags of the last call to this contact, which may be a retry. */
function lastTags(root: CampaignRow, { rows }: Campaign, runs: Runs): string[] {
  const family = [root.id];
  for (const row of rows) {
    if (row.parentRowId !== null && family.includes(row.parentRowId)) family.push(row.id);
  }
  const last = runs.all.findLast((run) => family.includes(run.campaignRow?.rowId ?? 0));
  const tags = last?.gatheredContext['call_tags'];
  return Array.isArray(tags) ? tags.map(String) : [];
}
