/** The Go structs behind `docker context inspect --format` (see container-types.ts for the notation). */
export function contextTypes(): { readonly [struct: string]: string } {
  return {
    contextWithTLSListing: 'store.Metadata TLSMaterial:map:any Storage:StorageInfo',
    'store.Metadata': 'Name:string Metadata:DockerContext Endpoints:map:EndpointMeta',
    DockerContext: 'Description:string AdditionalFields:map:any',
    EndpointMeta: 'Host:string SkipTLSVerify:bool',
    StorageInfo: 'MetadataPath:string TLSPath:string',
  };
}
