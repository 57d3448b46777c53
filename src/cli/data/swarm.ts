/**
 * The commands about a swarm, which the help of `docker` does not list as long as there is none (the notation is that of
 * engine.ts): what they are called, what flags and arguments they take. None of them is simulated.
 */
export function swarmCommands(): string {
  return `=config		docker config COMMAND
:Manage Swarm configs
[Commands
+create
+inspect
+ls
+rm
=config create	2	docker config create [OPTIONS] CONFIG file|-
:Create a config from a file or STDIN
-label,l	list	Config labels
-template-driver	string	Template driver
=config inspect	1+	docker config inspect [OPTIONS] CONFIG [CONFIG...]
:Display detailed information on one or more configs
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-pretty	bool	Print the information in a human friendly format
=config ls	0	docker config ls [OPTIONS]
~docker config ls, docker config list
:List configs
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-quiet,q	bool	Only display IDs
=config rm	1+	docker config rm CONFIG [CONFIG...]
~docker config rm, docker config remove
:Remove one or more configs
=node		docker node COMMAND
:Manage Swarm nodes
[Commands
+demote
+inspect
+ls
+promote
+ps
+rm
+update
=node demote	1+	docker node demote NODE [NODE...]
:Demote one or more nodes from manager in the swarm
=node inspect	1+	docker node inspect [OPTIONS] self|NODE [NODE...]
:Display detailed information on one or more nodes
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-pretty	bool	Print the information in a human friendly format
=node ls	0	docker node ls [OPTIONS]
~docker node ls, docker node list
:List nodes in the swarm
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-quiet,q	bool	Only display IDs
=node promote	1+	docker node promote NODE [NODE...]
:Promote one or more nodes to manager in the swarm
=node ps	*	docker node ps [OPTIONS] [NODE...]
:List tasks running on one or more nodes, defaults to current node
-filter,f	filter	Filter output based on conditions provided
-format	string	Pretty-print tasks using a Go template
-no-resolve	bool	Do not map IDs to Names
-no-trunc	bool	Do not truncate output
-quiet,q	bool	Only display task IDs
=node rm	1+	docker node rm [OPTIONS] NODE [NODE...]
~docker node rm, docker node remove
:Remove one or more nodes from the swarm
-force,f	bool	Force remove a node from the swarm
=node update	1	docker node update [OPTIONS] NODE
:Update a node
-availability	string	Availability of the node ("active", "pause", "drain")
-label-add	list	Add or update a node label ("key=value")
-label-rm	list	Remove a node label if exists
-role	string	Role of the node ("worker", "manager")
=secret		docker secret COMMAND
:Manage Swarm secrets
[Commands
+create
+inspect
+ls
+rm
=secret create	1-2	docker secret create [OPTIONS] SECRET [file|-]
:Create a secret from a file or STDIN as content
-driver,d	string	Secret driver
-label,l	list	Secret labels
-template-driver	string	Template driver
=secret inspect	1+	docker secret inspect [OPTIONS] SECRET [SECRET...]
:Display detailed information on one or more secrets
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-pretty	bool	Print the information in a human friendly format
=secret ls	0	docker secret ls [OPTIONS]
~docker secret ls, docker secret list
:List secrets
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-quiet,q	bool	Only display IDs
=secret rm	1+	docker secret rm SECRET [SECRET...]
~docker secret rm, docker secret remove
:Remove one or more secrets
=service		docker service COMMAND
:Manage Swarm services
[Commands
+create
+inspect
+logs
+ls
+ps
+rm
+rollback
+scale
+update
=service create	1+	docker service create [OPTIONS] IMAGE [COMMAND] [ARG...]
:Create a new service
-cap-add	list	Add Linux capabilities
-cap-drop	list	Drop Linux capabilities
-config	config	Specify configurations to expose to the service
-constraint	list	Placement constraints
-container-label	list	Container labels
-credential-spec	credential-spec	Credential spec for managed service account (Windows only)
-detach,d	bool	Exit immediately instead of waiting for the service to converge
-dns	list	Set custom DNS servers
-dns-option	list	Set DNS options
-dns-search	list	Set custom DNS search domains
-endpoint-mode	string	Endpoint mode (vip or dnsrr) (default "vip")
-entrypoint	command	Overwrite the default ENTRYPOINT of the image
-env,e	list	Set environment variables
-env-file	list	Read in a file of environment variables
-generic-resource	list	User defined resources
-group	list	Set one or more supplementary user groups for the container
-health-cmd	string	Command to run to check health
-health-interval	duration	Time between running the check (ms|s|m|h)
-health-retries	int	Consecutive failures needed to report unhealthy
-health-start-interval	duration	Time between running the check during the start period (ms|s|m|h)
-health-start-period	duration	Start period for the container to initialize before counting retries towards unstable (ms|s|m|h)
-health-timeout	duration	Maximum time to allow one check to run (ms|s|m|h)
-host	list	Set one or more custom host-to-IP mappings (host:ip)
-hostname	string	Container hostname
-init	bool	Use an init inside each service container to forward signals and reap processes
-isolation	string	Service container isolation mode
-label,l	list	Service labels
-limit-cpu	decimal	Limit CPUs
-limit-memory	bytes	Limit Memory
-limit-pids	int	Limit maximum number of processes (default 0 = unlimited)
-log-driver	string	Logging driver for service
-log-opt	list	Logging driver options
-max-concurrent	uint	Number of job tasks to run concurrently (default equal to --replicas)
-mode	string	Service mode ("replicated", "global", "replicated-job", "global-job") (default "replicated")
-mount	mount	Attach a filesystem mount to the service
-name	string	Service name
-network	network	Network attachments
-no-healthcheck	bool	Disable any container-specified HEALTHCHECK
-no-resolve-image	bool	Do not query the registry to resolve image digest and supported platforms
-oom-score-adj	int	Tune host's OOM preferences (-1000 to 1000)
-placement-pref	pref	Add a placement preference
-publish,p	port	Publish a port as a node port
-quiet,q	bool	Suppress progress output
-read-only	bool	Mount the container's root filesystem as read only
-replicas	uint	Number of tasks
-replicas-max-per-node	uint	Maximum number of tasks per node (default 0 = unlimited)
-reserve-cpu	decimal	Reserve CPUs
-reserve-memory	bytes	Reserve Memory
-restart-condition	string	Restart when condition is met ("none", "on-failure", "any") (default "any")
-restart-delay	duration	Delay between restart attempts (ns|us|ms|s|m|h) (default 5s)
-restart-max-attempts	uint	Maximum number of restarts before giving up
-restart-window	duration	Window used to evaluate the restart policy (ns|us|ms|s|m|h)
-rollback-delay	duration	Delay between task rollbacks (ns|us|ms|s|m|h) (default 0s)
-rollback-failure-action	string	Action on rollback failure ("pause", "continue") (default "pause")
-rollback-max-failure-ratio	float	Failure rate to tolerate during a rollback (default 0)
-rollback-monitor	duration	Duration after each task rollback to monitor for failure (ns|us|ms|s|m|h) (default 5s)
-rollback-order	string	Rollback order ("start-first", "stop-first") (default "stop-first")
-rollback-parallelism	uint	Maximum number of tasks rolled back simultaneously (0 to roll back all at once) (default 1)
-secret	secret	Specify secrets to expose to the service
-stop-grace-period	duration	Time to wait before force killing a container (ns|us|ms|s|m|h) (default 10s)
-stop-signal	string	Signal to stop the container
-sysctl	list	Sysctl options
-tty,t	bool	Allocate a pseudo-TTY
-ulimit	ulimit	Ulimit options (default [])
-update-delay	duration	Delay between updates (ns|us|ms|s|m|h) (default 0s)
-update-failure-action	string	Action on update failure ("pause", "continue", "rollback") (default "pause")
-update-max-failure-ratio	float	Failure rate to tolerate during an update (default 0)
-update-monitor	duration	Duration after each task update to monitor for failure (ns|us|ms|s|m|h) (default 5s)
-update-order	string	Update order ("start-first", "stop-first") (default "stop-first")
-update-parallelism	uint	Maximum number of tasks updated simultaneously (0 to update all at once) (default 1)
-user,u	string	Username or UID (format: <name|uid>[:<group|gid>])
-with-registry-auth	bool	Send registry authentication details to swarm agents
-workdir,w	string	Working directory inside the container
=service inspect	1+	docker service inspect [OPTIONS] SERVICE [SERVICE...]
:Display detailed information on one or more services
-format,f	string	Format output using a custom template:\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-pretty	bool	Print the information in a human friendly format
=service logs	1	docker service logs [OPTIONS] SERVICE|TASK
:Fetch the logs of a service or task
-details	bool	Show extra details provided to logs
-follow,f	bool	Follow log output
-no-resolve	bool	Do not map IDs to Names in output
-no-task-ids	bool	Do not include task IDs in output
-no-trunc	bool	Do not truncate output
-raw	bool	Do not neatly format logs
-since	string	Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)
-tail,n	string	Number of lines to show from the end of the logs (default "all")
-timestamps,t	bool	Show timestamps
=service ls	0	docker service ls [OPTIONS]
~docker service ls, docker service list
:List services
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-quiet,q	bool	Only display IDs
=service ps	1+	docker service ps [OPTIONS] SERVICE [SERVICE...]
:List the tasks of one or more services
-filter,f	filter	Filter output based on conditions provided
-format	string	Pretty-print tasks using a Go template
-no-resolve	bool	Do not map IDs to Names
-no-trunc	bool	Do not truncate output
-quiet,q	bool	Only display task IDs
=service rm	1+	docker service rm SERVICE [SERVICE...]
~docker service rm, docker service remove
:Remove one or more services
=service rollback	1	docker service rollback [OPTIONS] SERVICE
:Revert changes to a service's configuration
-detach,d	bool	Exit immediately instead of waiting for the service to converge
-quiet,q	bool	Suppress progress output
=service scale	1+	docker service scale SERVICE=REPLICAS [SERVICE=REPLICAS...]
:Scale one or multiple replicated services
-detach,d	bool	Exit immediately instead of waiting for the service to converge
=service update	1	docker service update [OPTIONS] SERVICE
:Update a service
-args	command	Service command args
-cap-add	list	Add Linux capabilities
-cap-drop	list	Drop Linux capabilities
-config-add	config	Add or update a config file on a service
-config-rm	list	Remove a configuration file
-constraint-add	list	Add or update a placement constraint
-constraint-rm	list	Remove a constraint
-container-label-add	list	Add or update a container label
-container-label-rm	list	Remove a container label by its key
-credential-spec	credential-spec	Credential spec for managed service account (Windows only)
-detach,d	bool	Exit immediately instead of waiting for the service to converge
-dns-add	list	Add or update a custom DNS server
-dns-option-add	list	Add or update a DNS option
-dns-option-rm	list	Remove a DNS option
-dns-rm	list	Remove a custom DNS server
-dns-search-add	list	Add or update a custom DNS search domain
-dns-search-rm	list	Remove a DNS search domain
-endpoint-mode	string	Endpoint mode (vip or dnsrr)
-entrypoint	command	Overwrite the default ENTRYPOINT of the image
-env-add	list	Add or update an environment variable
-env-rm	list	Remove an environment variable
-force	bool	Force update even if no changes require it
-generic-resource-add	list	Add a Generic resource
-generic-resource-rm	list	Remove a Generic resource
-group-add	list	Add an additional supplementary user group to the container
-group-rm	list	Remove a previously added supplementary user group from the container
-health-cmd	string	Command to run to check health
-health-interval	duration	Time between running the check (ms|s|m|h)
-health-retries	int	Consecutive failures needed to report unhealthy
-health-start-interval	duration	Time between running the check during the start period (ms|s|m|h)
-health-start-period	duration	Start period for the container to initialize before counting retries towards unstable (ms|s|m|h)
-health-timeout	duration	Maximum time to allow one check to run (ms|s|m|h)
-host-add	list	Add a custom host-to-IP mapping ("host:ip")
-host-rm	list	Remove a custom host-to-IP mapping ("host:ip")
-hostname	string	Container hostname
-image	string	Service image tag
-init	bool	Use an init inside each service container to forward signals and reap processes
-isolation	string	Service container isolation mode
-label-add	list	Add or update a service label
-label-rm	list	Remove a label by its key
-limit-cpu	decimal	Limit CPUs
-limit-memory	bytes	Limit Memory
-limit-pids	int	Limit maximum number of processes (default 0 = unlimited)
-log-driver	string	Logging driver for service
-log-opt	list	Logging driver options
-max-concurrent	uint	Number of job tasks to run concurrently (default equal to --replicas)
-mount-add	mount	Add or update a mount on a service
-mount-rm	list	Remove a mount by its target path
-network-add	network	Add a network
-network-rm	list	Remove a network
-no-healthcheck	bool	Disable any container-specified HEALTHCHECK
-no-resolve-image	bool	Do not query the registry to resolve image digest and supported platforms
-oom-score-adj	int	Tune host's OOM preferences (-1000 to 1000)
-placement-pref-add	pref	Add a placement preference
-placement-pref-rm	pref	Remove a placement preference
-publish-add	port	Add or update a published port
-publish-rm	port	Remove a published port by its target port
-quiet,q	bool	Suppress progress output
-read-only	bool	Mount the container's root filesystem as read only
-replicas	uint	Number of tasks
-replicas-max-per-node	uint	Maximum number of tasks per node (default 0 = unlimited)
-reserve-cpu	decimal	Reserve CPUs
-reserve-memory	bytes	Reserve Memory
-restart-condition	string	Restart when condition is met ("none", "on-failure", "any")
-restart-delay	duration	Delay between restart attempts (ns|us|ms|s|m|h)
-restart-max-attempts	uint	Maximum number of restarts before giving up
-restart-window	duration	Window used to evaluate the restart policy (ns|us|ms|s|m|h)
-rollback	bool	Rollback to previous specification
-rollback-delay	duration	Delay between task rollbacks (ns|us|ms|s|m|h)
-rollback-failure-action	string	Action on rollback failure ("pause", "continue")
-rollback-max-failure-ratio	float	Failure rate to tolerate during a rollback
-rollback-monitor	duration	Duration after each task rollback to monitor for failure (ns|us|ms|s|m|h)
-rollback-order	string	Rollback order ("start-first", "stop-first")
-rollback-parallelism	uint	Maximum number of tasks rolled back simultaneously (0 to roll back all at once)
-secret-add	secret	Add or update a secret on a service
-secret-rm	list	Remove a secret
-stop-grace-period	duration	Time to wait before force killing a container (ns|us|ms|s|m|h)
-stop-signal	string	Signal to stop the container
-sysctl-add	list	Add or update a Sysctl option
-sysctl-rm	list	Remove a Sysctl option
-tty,t	bool	Allocate a pseudo-TTY
-ulimit-add	ulimit	Add or update a ulimit option (default [])
-ulimit-rm	list	Remove a ulimit option
-update-delay	duration	Delay between updates (ns|us|ms|s|m|h)
-update-failure-action	string	Action on update failure ("pause", "continue", "rollback")
-update-max-failure-ratio	float	Failure rate to tolerate during an update
-update-monitor	duration	Duration after each task update to monitor for failure (ns|us|ms|s|m|h)
-update-order	string	Update order ("start-first", "stop-first")
-update-parallelism	uint	Maximum number of tasks updated simultaneously (0 to update all at once)
-user,u	string	Username or UID (format: <name|uid>[:<group|gid>])
-with-registry-auth	bool	Send registry authentication details to swarm agents
-workdir,w	string	Working directory inside the container
=stack		docker stack COMMAND
:Manage Swarm stacks
[Commands
+config
+deploy
+ls
+ps
+rm
+services
=stack config	0	docker stack config [OPTIONS]
:Outputs the final config file, after doing merges and interpolations
-compose-file,c	strings	Path to a Compose file, or "-" to read from stdin
-skip-interpolation	bool	Skip interpolation and output only merged config
=stack deploy	1	docker stack deploy [OPTIONS] STACK
~docker stack deploy, docker stack up
:Deploy a new stack or update an existing stack
-compose-file,c	strings	Path to a Compose file, or "-" to read from stdin
-detach,d	bool	Exit immediately instead of waiting for the stack services to converge (default true)
-prune	bool	Prune services that are no longer referenced
-quiet,q	bool	Suppress progress output
-resolve-image	string	Query the registry to resolve image digest and supported platforms ("always", "changed", "never") (default "always")
-with-registry-auth	bool	Send registry authentication details to Swarm agents
=stack ls	0	docker stack ls [OPTIONS]
~docker stack ls, docker stack list
:List stacks
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
=stack ps	1	docker stack ps [OPTIONS] STACK
:List the tasks in the stack
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-no-resolve	bool	Do not map IDs to Names
-no-trunc	bool	Do not truncate output
-quiet,q	bool	Only display task IDs
=stack rm	1+	docker stack rm [OPTIONS] STACK [STACK...]
~docker stack rm, docker stack remove, docker stack down
:Remove one or more stacks
-detach,d	bool	Do not wait for stack removal (default true)
=stack services	1	docker stack services [OPTIONS] STACK
:List the services in the stack
-filter,f	filter	Filter output based on conditions provided
-format	string	Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
-quiet,q	bool	Only display IDs
`;
}
