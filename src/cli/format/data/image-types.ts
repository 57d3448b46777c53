/**
 * The Go structs that `docker inspect --format` sees an image as (see container-types.ts for the notation), as
 * `{{printf "%+v" .}}` of the real client shows them.
 */
export function imageTypes(): { readonly [struct: string]: string } {
  return {
    InspectResponse: `ID=Id:string RepoTags:[]string RepoDigests:[]string Parent:string Comment:string Created:string
      Container:string ContainerConfig:*Config DockerVersion:string Author:string Config:*Config Architecture:string
      Variant:string Os:string OsVersion:string Size:int VirtualSize:int GraphDriver:DriverData RootFS:RootFS
      Metadata:Metadata Descriptor:*Descriptor Manifests:[]any`,
    Config: 'ImageConfig DockerOCIImageConfigExt',
    ImageConfig: `User:string ExposedPorts:map:Empty Env:[]string Entrypoint:[]string Cmd:[]string Volumes:map:Empty
      WorkingDir:string Labels:map:string StopSignal:string ArgsEscaped:bool`,
    DockerOCIImageConfigExt: 'Healthcheck:*HealthcheckConfig OnBuild:[]string Shell:[]string',
    HealthcheckConfig: 'Test:[]string Interval:int Timeout:int StartPeriod:int StartInterval:int Retries:int',
    Empty: '',
    DriverData: 'Data:map:string Name:string',
    RootFS: 'Type:string Layers:[]string',
    Metadata: 'LastTagTime:string',
    Descriptor: 'MediaType=mediaType:string Digest=digest:string Size=size:int',
  };
}
