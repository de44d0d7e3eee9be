import * as alarmDesk from './alarm-desk.ts';
import * as alarm from './alarm.ts';
import * as audit from './audit.ts';
import * as cameraClips from './camera-clips.ts';
import * as cameraFootage from './camera-footage.ts';
import * as cameraMedia from './camera-media.ts';
import * as cameraRegister from './camera-register.ts';
import * as cameraStills from './camera-stills.ts';
import * as cameraWatch from './camera-watch.ts';
import * as camera from './camera.ts';
import * as city from './city.ts';
import * as colleague from './colleague.ts';
import * as condition from './condition.ts';
import * as emergencyAlerts from './emergency-alerts.ts';
import * as emergencyBeds from './emergency-beds.ts';
import * as emergencyBookings from './emergency-bookings.ts';
import * as emergencyCalls from './emergency-calls.ts';
import * as emergencyDispatch from './emergency-dispatch.ts';
import * as emergencyIncidentActs from './emergency-incident-acts.ts';
import * as emergencyIncidentReads from './emergency-incident-reads.ts';
import * as emergencyIncidents from './emergency-incidents.ts';
import * as emergencyTimeline from './emergency-timeline.ts';
import * as emergencyTriage from './emergency-triage.ts';
import * as emergencyReports from './emergency-reports.ts';
import * as emergencySurroundings from './emergency-surroundings.ts';
import * as emergencyPatrolReports from './emergency-patrol-reports.ts';
import * as emergencyPatrols from './emergency-patrols.ts';
import * as emergencyHospitals from './emergency-hospitals.ts';
import * as emergencyAssignments from './emergency-assignments.ts';
import * as emergencyUnitActs from './emergency-unit-acts.ts';
import * as emergencyUnits from './emergency-units.ts';
import type { AnyEvent } from './define-event.ts';
import type { RouteContract } from './define-route.ts';
import type { Stream } from './define-stream.ts';
import * as deviceCredentials from './device-credentials.ts';
import * as handOver from './hand-over.ts';
import * as invitation from './invitation.ts';
import * as person from './person.ts';
import * as principal from './principal.ts';
import * as reveal from './reveal.ts';
import * as screen from './screen.ts';
import * as session from './session.ts';
import * as streetAssets from './street-assets.ts';
import * as streetDarkness from './street-darkness.ts';
import * as streetControl from './street-control.ts';
import * as streetEnergy from './street-energy.ts';
import * as streetLabels from './street-labels.ts';
import * as streetOutages from './street-outages.ts';
import * as streetProgrammes from './street-programmes.ts';
import * as streetReports from './street-reports.ts';
import * as streetStates from './street-states.ts';
import * as streetTelemetry from './street-telemetry.ts';
import * as streetWork from './street-work.ts';
import * as streetMap from './street-map.ts';
import * as system from './system.ts';
import * as talk from './talk.ts';
import * as talkCodebooks from './talk-codebooks.ts';
import * as talkDistress from './talk-distress.ts';
import * as talkHandsets from './talk-handsets.ts';
import * as talkRollCalls from './talk-roll-calls.ts';
import * as waste from './waste.ts';
import * as webhook from './webhook.ts';

/** Every event of Siaga. A new domain adds its line here, and nothing else anywhere. */
export const events: readonly AnyEvent[] = [
  waste.FixRecorded,
  waste.TruckMoved,
  waste.TruckRegistered,
  waste.DeviceAssigned,
  waste.DeviceSeen,
  waste.IntakeCounted,
  streetAssets.FeederRegistered,
  streetAssets.PanelRegistered,
  streetAssets.LampRegistered,
  streetTelemetry.ControllerRegistered,
  streetTelemetry.StreetTelemetryRecorded,
  streetTelemetry.ControllerSeen,
  streetStates.LampStateChanged,
  streetStates.PanelStateChanged,
  streetReports.StreetReportChanged,
  streetWork.WorkOrderChanged,
  streetProgrammes.LampProgrammeChanged,
  streetProgrammes.LampProgrammeAssigned,
  streetControl.LampOverrideChanged,
  camera.CameraRegistered,
  camera.CameraStateChanged,
  system.ServiceReported,
  city.CityBegan,
  principal.PrincipalChanged,
  principal.SessionEnded,
  deviceCredentials.DeviceCredentialsChanged,
  audit.ActionAttempted,
  audit.ActionConcluded,
  condition.ConditionChanged,
  alarm.AlarmChanged,
  alarm.AlarmLogged,
  emergencyCalls.CallChanged,
  emergencyIncidents.IncidentChanged,
  emergencyTimeline.IncidentLogged,
  emergencyUnits.UnitChanged,
  emergencyUnits.DutyDeclared,
  emergencyAssignments.AssignmentChanged,
  emergencyUnits.UnitMoved,
  emergencyPatrols.PatrolChanged,
  emergencyHospitals.HospitalChanged,
  emergencyBookings.BookingChanged,
  emergencyBookings.BookingDecided,
  talk.TalkFloorChanged,
  talk.BurstRecorded,
  talkDistress.DistressChanged,
  talkHandsets.HandsetChanged,
  talkRollCalls.RollCallChanged,
];

/** Every REST endpoint of Siaga. */
export const routes: readonly RouteContract[] = [
  city.GetCity,
  city.BeginCity,
  system.ListDeadLetters,
  system.ReplayDeadLetters,
  system.DismissDeadLetters,
  system.AccountLive,
  session.SignIn,
  session.RefreshSession,
  session.GetMe,
  session.SignOut,
  session.IssueTicket,
  session.ChangePassword,
  session.ListSessions,
  session.EndSession,
  person.ListPeople,
  person.GetPerson,
  person.ChangePerson,
  person.ErasePerson,
  colleague.ListColleagues,
  invitation.InvitePerson,
  invitation.RenewPassword,
  invitation.ListInvitations,
  invitation.WithdrawInvitation,
  invitation.ReadInvitation,
  invitation.AcceptInvitation,
  screen.BeginPairing,
  screen.ClaimPairing,
  screen.PairScreen,
  screen.ListScreens,
  screen.RevokeScreen,
  deviceCredentials.ListDeviceCredentials,
  deviceCredentials.GetDeviceCredentials,
  deviceCredentials.IssueDeviceKey,
  deviceCredentials.ChangeDeviceCredentials,
  reveal.Reveal,
  person.GetSetup,
  audit.ListAudit,
  audit.ExportAudit,
  waste.RegisterTruck,
  waste.ListTrucks,
  waste.GetTruck,
  waste.GetTrack,
  waste.ListSeenDevices,
  waste.AdoptDevice,
  waste.ImportTrucks,
  waste.GetTruckImportTemplate,
  waste.UndoTruckImport,
  waste.ClearWasteExercise,
  ...Object.values(streetAssets.feederRoutes),
  ...Object.values(streetAssets.panelRoutes),
  streetAssets.ListStreetImports,
  ...Object.values(streetAssets.lampRoutes),
  ...Object.values(streetTelemetry.controllerRoutes),
  streetTelemetry.ListSeenControllers,
  streetTelemetry.ListStreetRefusals,
  streetLabels.PrintLampLabels,
  ...Object.values(streetEnergy.billRoutes),
  ...Object.values(streetEnergy.readingRoutes),
  streetEnergy.GetStreetMonth,
  streetEnergy.ListEnergyFindings,
  streetDarkness.GetStreetDarkness,
  ...Object.values(cameraRegister.cameraRoutes),
  ...Object.values(cameraRegister.linkRoutes),
  cameraRegister.SetCameraCredentials,
  cameraRegister.ForgetCameraCredentials,
  streetReports.MakeStreetReport,
  streetReports.ListStreetReports,
  streetReports.GetStreetReport,
  streetReports.DismissStreetReport,
  streetReports.ReportFromPole,
  streetReports.ReadReportAnswer,
  cameraWatch.TestCamera,
  streetWork.MakeWorkOrder,
  streetWork.ListWorkOrders,
  streetWork.GetWorkOrder,
  streetWork.PlanWorkOrder,
  streetWork.BeginWorkOrder,
  streetWork.FinishWorkOrder,
  streetWork.CancelWorkOrder,
  streetWork.AddWorkPhoto,
  streetWork.GetWorkPhoto,
  streetWork.PrintWorkOrder,
  streetWork.GetStreetRepairs,
  streetOutages.ReportOutage,
  streetOutages.ChangeOutage,
  streetOutages.ListOutages,
  streetProgrammes.ListLampProgrammes,
  streetProgrammes.SaveLampProgramme,
  streetProgrammes.RemoveLampProgramme,
  streetProgrammes.AssignLampProgramme,
  streetControl.TryLampOverride,
  streetControl.TakeLampOverride,
  streetControl.ListLampOverrides,
  streetControl.GetLampOverride,
  streetControl.EndLampOverride,
  cameraWatch.ListCamerasNear,
  cameraWatch.ViewCamera,
  cameraWatch.GetCameraStill,
  cameraMedia.ListMediaStreams,
  cameraMedia.AdmitToMedia,
  cameraMedia.CheckMediaTicket,
  cameraStills.KeepStill,
  cameraStills.ListStills,
  cameraStills.GetStillPicture,
  cameraStills.EraseStill,
  cameraClips.KeepClip,
  cameraClips.ListClips,
  cameraClips.GetClipFile,
  cameraClips.EraseClip,
  cameraFootage.RequestFootage,
  cameraFootage.ListFootage,
  cameraFootage.GetFootage,
  cameraFootage.ApproveFootage,
  cameraFootage.RefuseFootage,
  cameraFootage.HandOverFootage,
  streetAssets.UndoStreetImport,
  streetAssets.ClearStreetExercise,
  alarmDesk.ListAlarms,
  alarmDesk.AcknowledgeAlarms,
  alarmDesk.ClearAlarmsExercise,
  alarmDesk.GetAlarm,
  alarmDesk.ListAlarmCauses,
  alarmDesk.ListAlarmHolders,
  alarmDesk.AssignAlarm,
  alarmDesk.ShelveAlarm,
  alarmDesk.UnshelveAlarm,
  alarmDesk.NoteAlarm,
  handOver.ListHandOvers,
  handOver.WriteHandOver,
  webhook.RegisterAlarmWebhook,
  webhook.ListAlarmWebhooks,
  webhook.RemoveAlarmWebhook,
  emergencyCalls.OpenCall,
  emergencyCalls.ListCalls,
  emergencyCalls.GetCall,
  emergencyCalls.ClaimCall,
  emergencyCalls.BeatCall,
  emergencyCalls.WriteCall,
  emergencyCalls.CallBack,
  emergencyCalls.CloseCall,
  emergencyCalls.AskCallerPlace,
  emergencyCalls.TellCallerPlace,
  emergencyIncidentActs.OpenIncident,
  emergencyIncidentActs.JoinIncident,
  emergencyIncidentReads.ListIncidents,
  emergencyIncidentReads.GetIncident,
  emergencyIncidentReads.SuggestDuplicates,
  emergencyIncidentActs.DescribeIncident,
  emergencyTriage.GetTriageCard,
  emergencyIncidentActs.TriageIncident,
  emergencyIncidentActs.RaiseIncident,
  emergencyIncidentActs.TellAgencies,
  emergencyIncidentActs.TellPartner,
  emergencyIncidentActs.MergeIncident,
  emergencyIncidentActs.SplitIncident,
  emergencyIncidentActs.NoteIncident,
  emergencyIncidentActs.CloseIncident,
  emergencyIncidentActs.ReopenIncident,
  emergencyIncidentReads.ExportIncident,
  emergencyIncidentActs.ClearEmergencyExercise,
  emergencyUnits.PutUnit,
  emergencyUnits.RemoveUnit,
  emergencyUnits.ListUnits,
  emergencyUnitActs.DeclareDuty,
  emergencyUnitActs.ParkUnit,
  emergencyUnitActs.StepUnit,
  emergencyUnitActs.TellAlert,
  emergencyUnitActs.RingCaller,
  emergencyUnitActs.TellPosition,
  emergencyAlerts.GetPushKey,
  emergencyAlerts.SubscribePush,
  emergencyAlerts.UnsubscribePush,
  emergencyAlerts.SetCrewMessages,
  emergencyAlerts.GetCrewMessages,
  emergencyAlerts.RemoveCrewMessages,
  streetMap.FindPlaces,
  streetMap.GetStreetDrawing,
  emergencyDispatch.SuggestUnits,
  emergencyDispatch.DispatchUnit,
  emergencyDispatch.CancelUnit,
  emergencyDispatch.ListRunCards,
  emergencyHospitals.PutHospital,
  emergencyHospitals.ListHospitals,
  emergencyHospitals.GetHospital,
  emergencyHospitals.GetHospitalEntry,
  emergencyHospitals.AddHospitalPerson,
  emergencyHospitals.RemoveHospitalPerson,
  emergencyHospitals.ListOwnHospitals,
  emergencyBeds.ReportBeds,
  emergencyBeds.TakeBedFeed,
  emergencyBeds.RequestBed,
  emergencyBeds.ExtendBedRequest,
  emergencyBeds.CancelBedRequest,
  emergencyBeds.AnnouncePatient,
  emergencyBeds.AcknowledgePatient,
  emergencyBeds.ReceivePatient,
  emergencySurroundings.GetSurroundings,
  emergencyPatrols.ListPatrolRoutes,
  emergencyPatrols.StartPatrol,
  emergencyPatrols.CheckIn,
  emergencyPatrols.ReportFinding,
  emergencyPatrols.EndPatrol,
  emergencyPatrols.AddPatrolPhoto,
  emergencyPatrols.GetPatrolPhoto,
  emergencyPatrols.GetPatrol,
  emergencyPatrols.ListPatrols,
  emergencyPatrolReports.GetPatrolDay,
  emergencyPatrolReports.CountPatrols,
  emergencyReports.GetEmergencyMonth,
  emergencyBookings.AskBooking,
  emergencyBookings.ListBookings,
  emergencyBookings.WriteBooking,
  emergencyBookings.SuggestBooking,
  emergencyBookings.PlanBooking,
  emergencyBookings.MoveBooking,
  emergencyBookings.ReleaseBooking,
  emergencyBookings.CancelBooking,
  emergencyBookings.BeginBooking,
  emergencyBookings.EndBooking,
  emergencyBookings.ReadTrip,
  talk.ListTalkGroups,
  talk.ListRecordings,
  talk.GetRecordingAudio,
  talkCodebooks.ListCodebooks,
  talkCodebooks.PutCodebook,
  talkDistress.RaiseDistress,
  talkDistress.PlaceDistress,
  talkDistress.EndDistress,
  talkHandsets.PutHandset,
  talkHandsets.RemoveHandset,
  talkHandsets.ListHandsets,
  talkHandsets.HoldHandset,
  talkHandsets.LoseHandset,
  talkHandsets.FindHandset,
  talkRollCalls.CallRoll,
  talkRollCalls.AnswerRoll,
  talkRollCalls.EndRollCall,
  talkRollCalls.GetRollCall,
  talkRollCalls.ListRollCalls,
  talkRollCalls.GetHandsetMonth,
];

/** Streams in the order of their first event. */
export const streams: readonly Stream[] = [...new Set(events.map((event) => event.stream))];

const byName = new Map(events.map((event) => [event.name, event]));

/** The contract of an event name, or undefined for a name this build does not know. */
export function eventNamed(name: string): AnyEvent | undefined {
  return byName.get(name);
}

/** Events carried by a stream. */
export function eventsOf(stream: Stream): readonly AnyEvent[] {
  return events.filter((event) => event.stream === stream);
}
