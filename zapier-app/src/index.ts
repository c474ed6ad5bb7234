import { defineApp, version as platformVersion } from 'zapier-platform-core';
import { version } from '../package.json';
import { authentication } from './authentication';
import { launchCampaign } from './creates/launch-campaign';
import { pauseCampaign } from './creates/pause-campaign';
import { resumeCampaign } from './creates/resume-campaign';
import { triggerCall } from './creates/trigger-call';
import { recordingFile, transcriptFile, transcriptText } from './hydrators/run-files';
import { checkNumber } from './searches/check-number';
import { findCampaign } from './searches/find-campaign';
import { findRun } from './searches/find-run';
import { agentList } from './triggers/dropdowns/agent-list';
import { callCompleted } from './triggers/call-completed';
import { campaignFinished } from './triggers/campaign-finished';
import { campaignList } from './triggers/dropdowns/campaign-list';
import { dispositionList } from './triggers/dropdowns/disposition-list';
import { phoneNumberList } from './triggers/dropdowns/phone-number-list';
import { telephonyConfigurationList } from './triggers/dropdowns/telephony-configuration-list';

export = defineApp({
  version,
  platformVersion,
  flags: {
    // The app must see the difference between an empty field and one that was left out.
    cleanInputData: false,
    // Node's own http needs no patch for logs, because every request goes through `z.request`.
    skipHttpPatch: true,
  },
  authentication,
  triggers: {
    [callCompleted.key]: callCompleted,
    [campaignFinished.key]: campaignFinished,
    [agentList.key]: agentList,
    [campaignList.key]: campaignList,
    [dispositionList.key]: dispositionList,
    [telephonyConfigurationList.key]: telephonyConfigurationList,
    [phoneNumberList.key]: phoneNumberList,
  },
  searches: {
    [findRun.key]: findRun,
    [checkNumber.key]: checkNumber,
    [findCampaign.key]: findCampaign,
  },
  creates: {
    [triggerCall.key]: triggerCall,
    [launchCampaign.key]: launchCampaign,
    [pauseCampaign.key]: pauseCampaign,
    [resumeCampaign.key]: resumeCampaign,
  },
  hydrators: { recordingFile, transcriptFile, transcriptText },
});
