/**
 * Writes a line in CloudWatch's embedded metric format. `console.log` would put time and request in front, and a log event has metrics only if it is
 * JSON from its first character.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeMetrics(line: string): void {
  process.stdout.write(`${line}\n`);
}
