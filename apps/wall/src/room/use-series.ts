import { useState } from 'react';

const everyMs = 10_000;
const mostValues = 360;

/** The last hour of a value as this screen saw it, one sample each ten seconds of the city's clock, oldest first. */
export function useSeries(value: number, nowMs: number): readonly number[] {
  const sample = Math.floor(nowMs / everyMs);
  const [series, setSeries] = useState<{ sample: number; values: readonly number[] }>({ sample, values: [] });
  if (series.sample !== sample) setSeries({ sample, values: [...series.values, value].slice(-mostValues) });
  return series.values;
}
