/** The value of each series of an exposition in Prometheus' text format, by its name with its labels. Throws at a line that is none. */
export function seriesOf(exposition: string): Map<string, number> {
  const lines = exposition.split('\n').filter((line) => line !== '' && !/^# (HELP|TYPE) [a-z]\w* /.test(line));
  return new Map(
    lines.map((line) => {
      const [, series, value] = /^([a-z]\w*(?:\{(?:[a-z]\w*="(?:[^"\\\n]|\\.)*",?)*\})?) (\S+)$/.exec(line) ?? [];
      if (series === undefined || value === undefined) throw new Error(`no series: ${line}`);
      return [series, value.endsWith('Inf') ? Number(`${value}inity`) : Number(value)];
    }),
  );
}

/** The values that a label has anywhere. */
export function valuesOfLabel(exposition: string, label: string): Set<string> {
  return new Set([...exposition.matchAll(new RegExp(`[{,]${label}="([^"]*)"`, 'g'))].map(([, value]) => value as string));
}
