/**
 * Header names of CloudEvents 1.0 in Kafka binary mode, with our two extensions (`city`, `exercise`) and W3C trace
 * context. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
 */
export const cloudEventHeaders = {
  specversion: 'ce_specversion',
  id: 'ce_id',
  type: 'ce_type',
  source: 'ce_source',
  time: 'ce_time',
  subject: 'ce_subject',
  city: 'ce_city',
  exercise: 'ce_exercise',
  correlation: 'ce_correlation',
  contentType: 'content-type',
  traceparent: 'traceparent',
} as const;

/** An event as handlers and tables see it. */
export interface CloudEvent<Data> {
  id: string;
  /** Event name, for example `waste.truck.moved`. */
  type: string;
  /** Who emitted it, for example `siaga/waste`. */
  source: string;
  /** When it was emitted, epoch ms. */
  timeMs: number;
  /** The contract's key. */
  subject: string;
  city: string;
  exercise: boolean;
  correlation?: string;
  traceparent?: string;
  /** `null` only on `latest` streams: the key is gone. */
  data: Data | null;
}
