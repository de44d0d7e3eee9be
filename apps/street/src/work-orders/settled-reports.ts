import type { ReportDocument } from '../reports/report-document.ts';
import type { ReportFields } from '../reports/report-life.ts';
import type { StoredOrder } from './order-document.ts';

const unbound: ReportFields = { status: 'accepted', workOrderId: undefined, plannedOn: undefined };

/** What becomes of a report that an order names, by what the order is now; undefined: it is so already, or not its. */
export function followed(report: ReportDocument & { _id: string }, order: StoredOrder): ReportFields | undefined {
  const { status, workOrderId, plannedOn } = report;
  const isOpen = status === 'accepted' || status === 'scheduled';
  if (!isOpen || (workOrderId !== undefined && workOrderId !== order._id)) return undefined;
  if (order.status === 'cancelled') return workOrderId === undefined ? undefined : unbound;
  if (order.status === 'done') return settledBy(report, order);
  const wanted = order.status === 'draft' ? 'accepted' : 'scheduled';
  if (status === wanted && workOrderId === order._id && plannedOn === order.plannedOn) return undefined;
  return { status: wanted, workOrderId: order._id, plannedOn: order.plannedOn };
}

function settledBy(report: ReportDocument & { _id: string }, order: StoredOrder): ReportFields | undefined {
  if (order.notSettled.includes(report._id)) return report.workOrderId === undefined ? undefined : unbound;
  const doneAtMs = order.steps.findLast(({ status }) => status === 'done')?.atMs ?? order.changedAtMs;
  return { status: 'done', workOrderId: order._id, closedAtMs: doneAtMs, plannedOn: undefined };
}
