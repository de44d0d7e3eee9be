import {
  CitizenReport,
  StreetReportChanged,
  type ReportSource,
  type ReportStatus,
  type StreetTrouble,
  type ThingKey,
} from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

/** What one of the people said. */
export interface Voice {
  source: ReportSource;
  atMs: number;
  text?: string | undefined;
  reporterName?: string | undefined;
  reporterPhone?: string | undefined;
}

/** What follows from its lamp, when the register knows it. */
export interface LampOfReport {
  lampId: string;
  /** As people call it. */
  name: string;
  place: { lat: number; lng: number };
  kelurahanCode?: string | undefined;
  /** Its panel, then its feeder. */
  within: ThingKey[];
  exercise: boolean;
}

type Optional = 'lampId' | 'isUnknownLamp' | 'place' | 'kelurahanCode' | 'workOrderId' | 'plannedOn' | 'closedAtMs';

/** One trouble that people reported. */
export interface ReportDocument extends Omit<StreetReportChanged, 'reportId' | 'version' | Optional> {
  lampId?: string | undefined;
  isUnknownLamp?: true | undefined;
  place?: { lat: number; lng: number } | undefined;
  kelurahanCode?: string | undefined;
  workOrderId?: string | undefined;
  plannedOn?: string | undefined;
  closedAtMs?: number | undefined;
  trouble: StreetTrouble;
  status: ReportStatus;
  answer?: string | undefined;
  /** Of a lamp the register knows. */
  lampName?: string | undefined;
  within: ThingKey[];
  /** Lamp and trouble while it is open: two processes that hear the same at the same moment open one. */
  openKey?: string | undefined;
  /** Trouble and tile of the map while it is open and has a place: what is near is found by it. */
  openTile?: string | undefined;
  exercise: boolean;
  /** Closed for so long that screens are not told of it any more; lists are. */
  archived?: true | undefined;
  /** What was taken down by who is known to us; read only where it is asked for, like the two below. */
  voices?: Voice[];
  /** The last that came by the code on the pole: whoever made them up pushes out his own. */
  publicVoices?: Voice[];
  /** Who was heard, to whom nothing counts twice and who may read the answer; more of them than of their words. */
  heard?: Heard[];
}

/** Somebody who was heard. */
export interface Heard {
  /** Same on every repeat of the same words: of their key, of the press. */
  voiceId: string;
  atMs: number;
}

const voicesField = {
  type: [{ _id: false, source: String, atMs: Number, text: String, reporterName: String, reporterPhone: String }],
  default: undefined,
  select: false,
};

/** Reports; `_id` is the reportId. */
export const reports = defineCollection<ReportDocument>({
  name: 'street_reports',
  fields: {
    lampId: String,
    isUnknownLamp: Boolean,
    place: { type: { lat: Number, lng: Number }, default: undefined, _id: false },
    kelurahanCode: String,
    trouble: { type: String, required: true },
    status: { type: String, required: true },
    times: { type: Number, required: true },
    sources: { type: [String], required: true },
    workOrderId: String,
    plannedOn: String,
    firstAtMs: { type: Number, required: true },
    lastAtMs: { type: Number, required: true },
    dueAtMs: { type: Number, required: true },
    closedAtMs: Number,
    changedAtMs: { type: Number, required: true },
    answer: String,
    lampName: String,
    within: { type: [String], required: true },
    openKey: String,
    exercise: { type: Boolean, required: true },
    openTile: String,
    archived: Boolean,
    voices: voicesField,
    publicVoices: voicesField,
    heard: { type: [{ _id: false, voiceId: String, atMs: Number }], default: undefined, select: false },
  },
  indexes: [
    { name: 'open', fields: { openKey: 1 }, unique: true, sparse: true },
    { name: 'near', fields: { openTile: 1 }, sparse: true },
    { name: 'unknown', fields: { isUnknownLamp: 1, status: 1 } },
    { name: 'heard', fields: { 'heard.voiceId': 1 } },
    { name: 'changed', fields: { changedAtMs: 1 } },
    { name: 'status', fields: { status: 1, changedAtMs: 1 } },
    { name: 'lamp', fields: { lampId: 1, changedAtMs: 1 } },
    { name: 'order', fields: { workOrderId: 1 } },
    { name: 'closed', fields: { closedAtMs: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(StreetReportChanged, (stored) => (stored.archived === true ? null : reportOf(stored))),
});

export type StoredReport = Stored<ReportDocument>;

/** What screens and callers are told of a report: what the contract names, and nothing else. */
export function reportOf({ _id, ...stored }: StoredReport): StreetReportChanged {
  return StreetReportChanged.data.parse({ reportId: _id, ...stored });
}

/** Also what people said, and what they are answered. */
export function detailsOf(stored: StoredReport): CitizenReport {
  const { answer, voices = [], publicVoices = [] } = stored;
  const all = [...voices, ...publicVoices].sort((one, other) => one.atMs - other.atMs);
  return CitizenReport.parse({ ...reportOf(stored), ...(answer === undefined ? {} : { answer }), voices: all });
}
