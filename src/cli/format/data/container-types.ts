/**
 * The Go structs that `docker inspect --format` sees a container as, field by field in Go's order:
 * `Field[=NameInJSON]:type`, a type being a basic one, `*type`, `[]type`, `map type`, or a struct of this list. A field
 * without a type is an embedded struct. The order and types are those of the engine's api/types/container.
 */
export function containerTypes(): { readonly [struct: string]: string } {
  return {
    InspectResponse: `*ContainerJSONBase Mounts:[]MountPoint Config:*Config NetworkSettings:*NetworkSettings
      ImageManifestDescriptor:*Descriptor`,
    ContainerJSONBase: `ID=Id:string Created:string Path:string Args:[]string State:*State Image:string
      ResolvConfPath:string HostnamePath:string HostsPath:string LogPath:string Name:string RestartCount:int
      Driver:string Platform:string MountLabel:string ProcessLabel:string AppArmorProfile:string ExecIDs:[]string
      HostConfig:*HostConfig GraphDriver:DriverData SizeRw:*int SizeRootFs:*int`,
    State: `Status:string Running:bool Paused:bool Restarting:bool OOMKilled:bool Dead:bool Pid:int ExitCode:int
      Error:string StartedAt:string FinishedAt:string Health:*Health`,
    Health: 'Status:string FailingStreak:int Log:[]*HealthcheckResult',
    HealthcheckResult: 'Start:string End:string ExitCode:int Output:string',
    Config: `Hostname:string Domainname:string User:string AttachStdin:bool AttachStdout:bool AttachStderr:bool
      ExposedPorts:ports:Empty Tty:bool OpenStdin:bool StdinOnce:bool Env:[]string Cmd:[]string
      Healthcheck:*HealthConfig ArgsEscaped:bool Image:string Volumes:map:Empty WorkingDir:string Entrypoint:[]string
      NetworkDisabled:bool MacAddress:string OnBuild:[]string Labels:map:string StopSignal:string StopTimeout:*int
      Shell:[]string`,
    Empty: '',
    HealthConfig: `Test:[]string Interval:int Timeout:int StartPeriod:int StartInterval:int Retries:int`,
    HostConfig: `Binds:[]string ContainerIDFile:string LogConfig:LogConfig NetworkMode:string
      PortBindings:ports:[]PortBinding RestartPolicy:RestartPolicy AutoRemove:bool VolumeDriver:string
      VolumesFrom:[]string ConsoleSize:[2]uint Annotations:map:string CapAdd:[]string CapDrop:[]string
      CgroupnsMode:string DNS=Dns:[]string DNSOptions=DnsOptions:[]string DNSSearch=DnsSearch:[]string
      ExtraHosts:[]string GroupAdd:[]string IpcMode:string Cgroup:string Links:[]string OomScoreAdj:int PidMode:string
      Privileged:bool PublishAllPorts:bool ReadonlyRootfs:bool SecurityOpt:[]string StorageOpt:map:string
      Tmpfs:map:string UTSMode:string UsernsMode:string ShmSize:int Sysctls:map:string Runtime:string Isolation:string
      Resources Mounts:[]any MaskedPaths:[]string ReadonlyPaths:[]string Init:*bool`,
    Resources: `CPUShares=CpuShares:int Memory:int NanoCPUs=NanoCpus:int CgroupParent:string BlkioWeight:int
      BlkioWeightDevice:[]any BlkioDeviceReadBps:[]any BlkioDeviceWriteBps:[]any BlkioDeviceReadIOps:[]any
      BlkioDeviceWriteIOps:[]any CPUPeriod=CpuPeriod:int CPUQuota=CpuQuota:int
      CPURealtimePeriod=CpuRealtimePeriod:int CPURealtimeRuntime=CpuRealtimeRuntime:int CpusetCpus:string
      CpusetMems:string Devices:[]DeviceMapping DeviceCgroupRules:[]string DeviceRequests:[]DeviceRequest KernelMemory:int
      KernelMemoryTCP:int MemoryReservation:int MemorySwap:int MemorySwappiness:*int OomKillDisable:*bool
      PidsLimit:*int Ulimits:[]Ulimit CPUCount=CpuCount:int CPUPercent=CpuPercent:int IOMaximumIOps:int
      IOMaximumBandwidth:int`,
    DeviceMapping: 'PathOnHost:string PathInContainer:string CgroupPermissions:string',
    DeviceRequest: 'Driver:string Count:int DeviceIDs:[]string Capabilities:[][]string Options:map:string',
    Ulimit: 'Name:string Hard:int Soft:int',
    LogConfig: 'Type:string Config:map:string',
    RestartPolicy: 'Name:string MaximumRetryCount:int',
    PortBinding: 'HostIP=HostIp:string HostPort:string',
    DriverData: 'Data:map:string Name:string',
    MountPoint: `Type:string Name:string Source:string Destination:string Driver:string Mode:string RW:bool
      Propagation:string`,
    NetworkSettings: 'NetworkSettingsBase DefaultNetworkSettings Networks:map:*EndpointSettings',
    NetworkSettingsBase: `Bridge:string SandboxID:string SandboxKey:string Ports:ports:[]PortBinding HairpinMode:bool
      LinkLocalIPv6Address:string LinkLocalIPv6PrefixLen:int SecondaryIPAddresses:[]any SecondaryIPv6Addresses:[]any`,
    DefaultNetworkSettings: `EndpointID:string Gateway:string GlobalIPv6Address:string GlobalIPv6PrefixLen:int
      IPAddress:string IPPrefixLen:int IPv6Gateway:string MacAddress:string`,
    EndpointSettings: `IPAMConfig:*IPAMConfig Links:[]string Aliases:[]string MacAddress:string DriverOpts:map:string
      GwPriority:int NetworkID:string EndpointID:string Gateway:string IPAddress:string IPPrefixLen:int
      IPv6Gateway:string GlobalIPv6Address:string GlobalIPv6PrefixLen:int DNSNames:[]string`,
    IPAMConfig: 'IPv4Address:string IPv6Address:string LinkLocalIPs:[]string',
    Descriptor: 'MediaType=mediaType:string Digest=digest:string Size=size:int',
  };
}
