import { context, propagation, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { contextIfAny } from './context.ts';

const tracer = trace.getTracer('siaga');

/** Starts exporting spans when `OTEL_EXPORTER_OTLP_ENDPOINT` is set; the SDK is loaded only then (it costs start-up time). */
export async function startTraces(app: string, env = process.env): Promise<() => Promise<void>> {
  if ((env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '') === '') return () => Promise.resolve();
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `siaga-${app}` }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return () => provider.shutdown();
}

/** Runs work in a span that continues the context's trace; a failure is recorded on it and thrown on. */
export async function withSpan<Result>(name: string, run: (span: Span) => Promise<Result>): Promise<Result> {
  const carrier = { traceparent: contextIfAny()?.traceparent };
  const parent = propagation.extract(context.active(), carrier);
  return tracer.startActiveSpan(name, {}, parent, async (span) => {
    try {
      return await run(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** W3C `traceparent` of the active span, else of the context: what an event or request takes along. */
export function traceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? contextIfAny()?.traceparent;
}
