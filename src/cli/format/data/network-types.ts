/**
 * The Go structs that `docker network inspect --format` sees a network as (see container-types.ts for the notation), as
 * `{{printf "%+v" .}}` of the real client shows them.
 */
export function networkTypes(): { readonly [struct: string]: string } {
  return {
    Inspect: `Name:string ID=Id:string Created:time Scope:string Driver:string EnableIPv4:bool EnableIPv6:bool IPAM:IPAM
      Internal:bool Attachable:bool Ingress:bool ConfigFrom:ConfigReference ConfigOnly:bool
      Containers:map:EndpointResource Options:map:string Labels:map:string Peers:[]any Services:map:any`,
    IPAM: 'Driver:string Options:map:string Config:[]IPAMConfig',
    IPAMConfig: 'Subnet:string IPRange:string Gateway:string AuxAddress=AuxiliaryAddresses:map:string',
    ConfigReference: 'Network:string',
    EndpointResource: 'Name:string EndpointID:string MacAddress:string IPv4Address:string IPv6Address:string',
  };
}
