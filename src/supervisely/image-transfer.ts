/** How images get to the server. */
export enum ImageTransfer {
  /**
   * They stay where they are: the server reads the bucket by the cloud storage that its team has connected. Nothing is copied, and removing an
   * object removes the image.
   *
   * @see https://docs.supervisely.com/enterprise-edition/advanced-tuning/s3
   */
  LINK = 'LINK',
  /** They are copied to the server, at most 100 MiB each. The function that does it gets the right to read the data buckets. */
  UPLOAD = 'UPLOAD',
}
