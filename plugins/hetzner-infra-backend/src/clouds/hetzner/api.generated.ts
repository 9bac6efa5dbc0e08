/*
 * Names and types of the Hetzner Cloud API, as far as this plugin uses it.
 * Written by scripts/generate-hetzner-types.mjs; edit that, not this file.
 */
/* eslint-disable */
export interface paths {
  '/actions': {
    get: {
      parameters: {
        query: {
          id: number[];
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponse'];
          };
        };
      };
    };
  };
  '/actions/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/certificates': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          name?: string;
          label_selector?: string;
          type?: ('uploaded' | 'managed')[];
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              certificates: components['schemas']['Certificate'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            labels?: {
              [key: string]: string;
            };
            type?: 'uploaded' | 'managed';
            certificate?: string;
            private_key?: string;
            domain_names?: string[];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              certificate: components['schemas']['Certificate'];
              action?: {
                id: number;
                command: string;
                status: 'running' | 'success' | 'error';
                started: string;
                finished: string | null;
                progress: number;
                resources: {
                  id: number;
                  type: string;
                }[];
                error: {
                  code: string;
                  message: string;
                } | null;
              } | null;
            };
          };
        };
      };
    };
  };
  '/certificates/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['CertificateResponse'];
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['CertificateResponse'];
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/certificates/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/certificates/{id}/actions/retry': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/firewalls': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          name?: string;
          label_selector?: string;
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              firewalls: components['schemas']['Firewall'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            labels?: {
              [key: string]: string;
            };
            rules?: components['schemas']['Rule'][];
            apply_to?: components['schemas']['FirewallResource'][];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              firewall: components['schemas']['Firewall'];
              actions: components['schemas']['Action'][];
            };
          };
        };
      };
    };
  };
  '/firewalls/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              firewall: components['schemas']['Firewall'];
            };
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              firewall: components['schemas']['Firewall'];
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/firewalls/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/firewalls/{id}/actions/apply_to_resources': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            apply_to: components['schemas']['FirewallResource'][];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionListResponse'];
          };
        };
      };
    };
  };
  '/firewalls/{id}/actions/remove_from_resources': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            remove_from: components['schemas']['FirewallResource'][];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionListResponse'];
          };
        };
      };
    };
  };
  '/firewalls/{id}/actions/set_rules': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            rules: components['schemas']['Rule'][];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionListResponse'];
          };
        };
      };
    };
  };
  '/images': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          type?: ('system' | 'app' | 'snapshot' | 'backup')[];
          status?: ('available' | 'creating' | 'unavailable')[];
          bound_to?: string[];
          include_deprecated?: boolean;
          name?: string;
          label_selector?: string;
          architecture?: 'x86' | 'arm';
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              images: components['schemas']['Image'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
  };
  '/images/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              image: components['schemas']['Image'];
            };
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            description?: string;
            type?: 'snapshot';
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              image: components['schemas']['Image'];
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/images/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/images/{id}/actions/change_protection': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            delete?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancer_types': {
    get: {
      parameters: {
        query?: {
          name?: string;
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              load_balancer_types: components['schemas']['LoadBalancerType'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
  };
  '/load_balancer_types/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              load_balancer_type: components['schemas']['LoadBalancerType'];
            };
          };
        };
      };
    };
  };
  '/load_balancers': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          name?: string;
          label_selector?: string;
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              load_balancers: components['schemas']['LoadBalancer'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            load_balancer_type: string;
            algorithm?: components['schemas']['LoadBalancerAlgorithm'];
            services?: (
              | ({
                  protocol: 'tcp' | 'http' | 'https';
                  listen_port: number;
                  destination_port: number;
                  proxyprotocol: boolean;
                  health_check: {
                    protocol: 'tcp' | 'http';
                    port: number;
                    interval: number;
                    timeout: number;
                    retries: number;
                    http?: {
                      domain: string | null;
                      path: string;
                      response?: string;
                      status_codes?: string[];
                      tls?: boolean;
                    };
                  };
                } & {
                  protocol?: 'tcp';
                })
              | ({
                  protocol: 'tcp' | 'http' | 'https';
                  listen_port: number;
                  destination_port: number;
                  proxyprotocol: boolean;
                  health_check: {
                    protocol: 'tcp' | 'http';
                    port: number;
                    interval: number;
                    timeout: number;
                    retries: number;
                    http?: {
                      domain: string | null;
                      path: string;
                      response?: string;
                      status_codes?: string[];
                      tls?: boolean;
                    };
                  };
                } & {
                  protocol?: 'http';
                  http: components['schemas']['LoadBalancerServiceHTTPConfig'];
                })
              | ({
                  protocol: 'tcp' | 'http' | 'https';
                  listen_port: number;
                  destination_port: number;
                  proxyprotocol: boolean;
                  health_check: {
                    protocol: 'tcp' | 'http';
                    port: number;
                    interval: number;
                    timeout: number;
                    retries: number;
                    http?: {
                      domain: string | null;
                      path: string;
                      response?: string;
                      status_codes?: string[];
                      tls?: boolean;
                    };
                  };
                } & {
                  protocol?: 'https';
                  http: components['schemas']['LoadBalancerServiceHTTPSConfig'];
                })
            )[];
            targets?: (components['schemas']['LoadBalancerTarget'] & {
              use_private_ip?: boolean;
            })[];
            labels?: {
              [key: string]: string;
            };
            public_interface?: boolean;
            network?: number;
            network_zone?: string;
            location?: string;
            public_net?: {
              ipv4?: number | null;
              ipv6?: number | null;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              load_balancer: components['schemas']['LoadBalancer'];
              action: components['schemas']['Action'];
            };
          };
        };
      };
    };
  };
  '/load_balancers/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              load_balancer: components['schemas']['LoadBalancer'];
            };
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              load_balancer: components['schemas']['LoadBalancer'];
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/add_service': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['LoadBalancerService'] & {
            http?: components['schemas']['LoadBalancerServiceHTTP'];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/add_target': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['LoadBalancerTarget'] & {
            use_private_ip?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/attach_to_network': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            network: number;
            ip?: string;
            ip_range?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/change_algorithm': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['LoadBalancerAlgorithm'];
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/change_dns_ptr': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            ip: string;
            dns_ptr?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/change_protection': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            delete?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/change_type': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            load_balancer_type: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/delete_service': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            listen_port: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/detach_from_network': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            network: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/disable_public_interface': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/enable_public_interface': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/remove_target': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['LoadBalancerTarget'];
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/load_balancers/{id}/actions/update_service': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['LoadBalancerService'] & {
            health_check?: {
              protocol?: 'tcp' | 'http';
              port?: number;
              interval?: number;
              timeout?: number;
              retries?: number;
              http?: {
                domain?: string | null;
                path?: string;
                response?: string;
                status_codes?: string[];
                tls?: boolean;
              };
            };
            http?: components['schemas']['LoadBalancerServiceHTTP'];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/locations': {
    get: {
      parameters: {
        query?: {
          name?: string;
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
          )[];
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              locations: components['schemas']['Location'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
  };
  '/locations/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              location: components['schemas']['Location'];
            };
          };
        };
      };
    };
  };
  '/networks': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          name?: string;
          label_selector?: string;
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              networks: components['schemas']['Network'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            ip_range: string;
            labels?: {
              [key: string]: string;
            };
            subnets?: {
              type: 'cloud' | 'server' | 'vswitch';
              ip_range?: string;
              network_zone: string;
              vswitch_id?: number;
            }[];
            routes?: {
              destination: string;
              gateway: string;
            }[];
            expose_routes_to_vswitch?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              network: components['schemas']['Network'];
            };
          };
        };
      };
    };
  };
  '/networks/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              network: components['schemas']['Network'];
            };
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
            expose_routes_to_vswitch?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              network: components['schemas']['Network'];
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/networks/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/networks/{id}/actions/add_route': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            destination: string;
            gateway: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/networks/{id}/actions/add_subnet': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            type: 'cloud' | 'server' | 'vswitch';
            ip_range?: string;
            network_zone: string;
            vswitch_id?: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/networks/{id}/actions/change_ip_range': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            ip_range: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/networks/{id}/actions/change_protection': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            delete?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/networks/{id}/actions/delete_route': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            destination: string;
            gateway: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/networks/{id}/actions/delete_subnet': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            ip_range: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/placement_groups': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          name?: string;
          label_selector?: string;
          type?: 'spread'[];
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              placement_groups: components['schemas']['PlacementGroup'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            labels?: {
              [key: string]: string;
            };
            type: 'spread';
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              placement_group: components['schemas']['PlacementGroup'];
              action?: {
                id: number;
                command: string;
                status: 'running' | 'success' | 'error';
                started: string;
                finished: string | null;
                progress: number;
                resources: {
                  id: number;
                  type: string;
                }[];
                error: {
                  code: string;
                  message: string;
                } | null;
              } | null;
            };
          };
        };
      };
    };
  };
  '/placement_groups/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['PlacementGroupResponse'];
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['PlacementGroupResponse'];
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/pricing': {
    get: {
      responses: {
        200: {
          content: {
            'application/json': {
              pricing: {
                currency: string;
                vat_rate: string;
                primary_ips: {
                  type: 'ipv4' | 'ipv6';
                  prices: {
                    location: string;
                    price_hourly: {
                      net: string;
                      gross: string;
                    };
                    price_monthly: {
                      net: string;
                      gross: string;
                    };
                  }[];
                }[];
                floating_ips: {
                  type: 'ipv4' | 'ipv6';
                  prices: {
                    location: string;
                    price_monthly: {
                      net: string;
                      gross: string;
                    };
                  }[];
                }[];
                image: {
                  price_per_gb_month: {
                    net: string;
                    gross: string;
                  };
                };
                volume: {
                  price_per_gb_month: {
                    net: string;
                    gross: string;
                  };
                };
                server_backup: {
                  percentage: string;
                };
                server_types: {
                  id: number;
                  name: string;
                  prices: {
                    location: string;
                    price_hourly: {
                      net: string;
                      gross: string;
                    };
                    price_monthly: {
                      net: string;
                      gross: string;
                    };
                    included_traffic: number;
                    price_per_tb_traffic: {
                      net: string;
                      gross: string;
                    };
                  }[];
                }[];
                load_balancer_types: {
                  id: number;
                  name: string;
                  prices: {
                    location: string;
                    price_hourly: {
                      net: string;
                      gross: string;
                    };
                    price_monthly: {
                      net: string;
                      gross: string;
                    };
                    included_traffic: number;
                    price_per_tb_traffic: {
                      net: string;
                      gross: string;
                    };
                  }[];
                }[];
                floating_ip: {
                  price_monthly: {
                    net: string;
                    gross: string;
                  };
                };
              };
            };
          };
        };
      };
    };
  };
  '/primary_ips': {
    get: {
      parameters: {
        query?: {
          name?: string;
          label_selector?: string;
          ip?: string;
          page?: number;
          per_page?: number;
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              primary_ips: components['schemas']['PrimaryIp'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            labels?: {
              [key: string]: string;
            };
            type: 'ipv4' | 'ipv6';
            location?: string | number;
            assignee_type?: 'server' | 'unassigned' | 'load_balancer';
            assignee_id?: number | null;
            auto_delete?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              primary_ip: components['schemas']['PrimaryIp'];
              action?: {
                id: number;
                command: string;
                status: 'running' | 'success' | 'error';
                started: string;
                finished: string | null;
                progress: number;
                resources: {
                  id: number;
                  type: string;
                }[];
                error: {
                  code: string;
                  message: string;
                } | null;
              } | null;
            };
          };
        };
      };
    };
  };
  '/primary_ips/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/primary_ips/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['PrimaryIPResponse'];
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
            auto_delete?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['PrimaryIPResponse'];
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/primary_ips/{id}/actions/assign': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            assignee_type: 'server' | 'unassigned' | 'load_balancer';
            assignee_id: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/primary_ips/{id}/actions/change_dns_ptr': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            ip: string;
            dns_ptr?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/primary_ips/{id}/actions/change_protection': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            delete: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/primary_ips/{id}/actions/unassign': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/server_types': {
    get: {
      parameters: {
        query?: {
          name?: string;
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              server_types: components['schemas']['ServerType'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
  };
  '/server_types/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              server_type: components['schemas']['ServerType'];
            };
          };
        };
      };
    };
  };
  '/servers': {
    get: {
      parameters: {
        query?: {
          name?: string;
          label_selector?: string;
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          status?: (
            | 'running'
            | 'initializing'
            | 'starting'
            | 'stopping'
            | 'off'
            | 'deleting'
            | 'migrating'
            | 'rebuilding'
            | 'unknown'
          )[];
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              servers: components['schemas']['Server'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            location?: string;
            server_type: string;
            start_after_create?: boolean;
            image: string;
            placement_group?: number;
            ssh_keys?: string[];
            volumes?: number[];
            networks?: number[];
            firewalls?: {
              firewall: number;
            }[];
            user_data?: string;
            labels?: {
              [key: string]: string;
            };
            automount?: boolean;
            public_net?: {
              enable_ipv4?: boolean;
              enable_ipv6?: boolean;
              ipv4?: number | null;
              ipv6?: number | null;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              server: components['schemas']['Server'];
              action: components['schemas']['Action'];
              next_actions: components['schemas']['Action'][];
              root_password: string | null;
            };
          };
        };
      };
    };
  };
  '/servers/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              server: components['schemas']['Server'];
            };
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              server: components['schemas']['Server'];
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/add_to_placement_group': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            placement_group: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/attach_to_network': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            network: number;
            ip?: string;
            alias_ips?: string[];
            ip_range?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/change_alias_ips': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            network: number;
            alias_ips: string[];
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/change_dns_ptr': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            ip: string;
            dns_ptr?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/change_protection': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            delete?: boolean;
            rebuild?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/change_type': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            upgrade_disk: boolean;
            server_type: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/create_image': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            description?: string;
            type?: 'snapshot' | 'backup';
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              image: components['schemas']['Image'];
              action: components['schemas']['Action'];
            };
          };
        };
      };
    };
  };
  '/servers/{id}/actions/detach_from_network': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            network: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/poweroff': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/poweron': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/reboot': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/rebuild': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            image: string;
            user_data?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              root_password: string | null;
              action: components['schemas']['Action'];
            };
          };
        };
      };
    };
  };
  '/servers/{id}/actions/remove_from_placement_group': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/reset': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/servers/{id}/actions/shutdown': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/ssh_keys': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
          )[];
          name?: string;
          fingerprint?: string;
          label_selector?: string;
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              ssh_keys: components['schemas']['SshKey'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            name: string;
            public_key: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              ssh_key: components['schemas']['SshKey'];
            };
          };
        };
      };
    };
  };
  '/ssh_keys/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              ssh_key: components['schemas']['SshKey'];
            };
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              ssh_key: components['schemas']['SshKey'];
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/volumes': {
    get: {
      parameters: {
        query?: {
          status?: ('available' | 'creating')[];
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'name'
            | 'name:asc'
            | 'name:desc'
            | 'created'
            | 'created:asc'
            | 'created:desc'
          )[];
          name?: string;
          label_selector?: string;
          page?: number;
          per_page?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              volumes: components['schemas']['Volume'][];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
    post: {
      requestBody: {
        content: {
          'application/json': {
            size: number;
            name: string;
            labels?: {
              [key: string]: string;
            };
            automount?: boolean;
            format?: string;
            location?: string;
            server?: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              volume: components['schemas']['Volume'];
              action: components['schemas']['Action'];
              next_actions: components['schemas']['Action'][];
            };
          };
        };
      };
    };
  };
  '/volumes/{id}': {
    get: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              volume: components['schemas']['Volume'];
            };
          };
        };
      };
    };
    put: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name?: string;
            labels?: {
              [key: string]: string;
            };
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              volume: components['schemas']['Volume'];
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        204: {};
      };
    };
  };
  '/volumes/{id}/actions': {
    get: {
      parameters: {
        query?: {
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'command'
            | 'command:asc'
            | 'command:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'started'
            | 'started:asc'
            | 'started:desc'
            | 'finished'
            | 'finished:asc'
            | 'finished:desc'
          )[];
          status?: ('running' | 'success' | 'error')[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': components['schemas']['ActionListResponseWithMeta'];
          };
        };
      };
    };
  };
  '/volumes/{id}/actions/attach': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            server: number;
            automount?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/volumes/{id}/actions/change_protection': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            delete?: boolean;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/volumes/{id}/actions/detach': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/volumes/{id}/actions/resize': {
    post: {
      parameters: {
        path: {
          id: number;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            size: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': components['schemas']['ActionResponse'];
          };
        };
      };
    };
  };
  '/networks/{id}/members': {
    get: {
      parameters: {
        query?: {
          type?: ('server' | 'load_balancer')[];
          status?: ('ok' | 'error' | 'attaching' | 'detaching' | 'updating')[];
          subnet?: string[];
          sort?: (
            | 'id'
            | 'id:asc'
            | 'id:desc'
            | 'type'
            | 'type:asc'
            | 'type:desc'
            | 'status'
            | 'status:asc'
            | 'status:desc'
            | 'ip'
            | 'ip:asc'
            | 'ip:desc'
          )[];
          page?: number;
          per_page?: number;
        };
        path: {
          id: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              members: {
                type: 'server' | 'load_balancer';
                id: number;
                ip: string | null;
                status: 'ok' | 'error' | 'attaching' | 'detaching' | 'updating';
                alias_ips: string[];
                subnet: string | null;
              }[];
              meta: components['schemas']['ListMeta'];
            };
          };
        };
      };
    };
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Action: {
      id: number;
      command: string;
      status: 'running' | 'success' | 'error';
      started: string;
      finished: string | null;
      progress: number;
      resources: {
        id: number;
        type: string;
      }[];
      error: {
        code: string;
        message: string;
      } | null;
    };
    ActionListResponse: {
      actions: components['schemas']['Action'][];
    };
    ActionListResponseWithMeta: {
      actions: components['schemas']['Action'][];
      meta: components['schemas']['ListMeta'];
    };
    ActionResponse: {
      action: components['schemas']['Action'];
    };
    Certificate: {
      id: number;
      name: string;
      labels: {
        [key: string]: string;
      };
      type?: 'uploaded' | 'managed';
      certificate: string | null;
      created: string;
      not_valid_before: string | null;
      not_valid_after: string | null;
      domain_names: string[];
      fingerprint: string | null;
      status?: {
        issuance?: 'pending' | 'completed' | 'failed';
        renewal?: 'scheduled' | 'pending' | 'failed' | 'unavailable';
        error?: {
          code?: string;
          message?: string;
        } | null;
      } | null;
      used_by: {
        id: number;
        type: string;
      }[];
    };
    CertificateResponse: {
      certificate: components['schemas']['Certificate'];
    };
    Firewall: {
      id: number;
      name: string;
      labels?: {
        [key: string]: string;
      };
      created: string;
      rules: components['schemas']['RuleResponse'][];
      applied_to: {
        type: 'server' | 'label_selector';
        server?: {
          id: number;
        };
        label_selector?: {
          selector: string;
        };
        applied_to_resources?: {
          type?: 'server';
          server?: {
            id: number;
          };
        }[];
      }[];
    };
    FirewallResource: {
      type: 'server' | 'label_selector';
      server?: {
        id: number;
      };
      label_selector?: {
        selector: string;
      };
    };
    Image: {
      id: number;
      type: 'system' | 'app' | 'snapshot' | 'backup';
      status: 'available' | 'creating' | 'unavailable';
      name: string | null;
      description: string;
      image_size: number | null;
      disk_size: number;
      created: string;
      created_from: {
        id: number;
        name: string;
      } | null;
      bound_to: number | null;
      os_flavor:
        | 'ubuntu'
        | 'centos'
        | 'debian'
        | 'fedora'
        | 'rocky'
        | 'alma'
        | 'opensuse'
        | 'unknown';
      os_version: string | null;
      rapid_deploy?: boolean;
      protection: {
        delete: boolean;
      };
      deleted: string | null;
      labels: {
        [key: string]: string;
      };
      architecture: 'x86' | 'arm';
      deprecation: {
        unavailable_after: string;
        announced: string;
      } | null;
    };
    ListMeta: {
      pagination: {
        page: number;
        per_page: number;
        previous_page: number | null;
        next_page: number | null;
        last_page: number | null;
        total_entries: number | null;
      };
    };
    LoadBalancer: {
      id: number;
      name: string;
      public_net: {
        enabled: boolean;
        ipv4: {
          ip: string | null;
          dns_ptr: string | null;
          id: number;
          blocked: boolean;
        };
        ipv6: {
          ip: string | null;
          dns_ptr: string | null;
          id: number;
          blocked: boolean;
        };
      };
      private_net: {
        network: number;
        ip: string;
      }[];
      location: components['schemas']['Location'];
      load_balancer_type: components['schemas']['LoadBalancerType'];
      protection: {
        delete: boolean;
      };
      labels: {
        [key: string]: string;
      };
      created: string;
      services: (
        | ({
            protocol: 'tcp' | 'http' | 'https';
            listen_port: number;
            destination_port: number;
            proxyprotocol: boolean;
            health_check: {
              protocol: 'tcp' | 'http';
              port: number;
              interval: number;
              timeout: number;
              retries: number;
              http?: {
                domain: string | null;
                path: string;
                response?: string;
                status_codes?: string[];
                tls?: boolean;
              };
            };
          } & {
            protocol?: 'tcp';
          })
        | ({
            protocol: 'tcp' | 'http' | 'https';
            listen_port: number;
            destination_port: number;
            proxyprotocol: boolean;
            health_check: {
              protocol: 'tcp' | 'http';
              port: number;
              interval: number;
              timeout: number;
              retries: number;
              http?: {
                domain: string | null;
                path: string;
                response?: string;
                status_codes?: string[];
                tls?: boolean;
              };
            };
          } & {
            protocol?: 'http';
            http: components['schemas']['LoadBalancerServiceHTTPConfig'];
          })
        | ({
            protocol: 'tcp' | 'http' | 'https';
            listen_port: number;
            destination_port: number;
            proxyprotocol: boolean;
            health_check: {
              protocol: 'tcp' | 'http';
              port: number;
              interval: number;
              timeout: number;
              retries: number;
              http?: {
                domain: string | null;
                path: string;
                response?: string;
                status_codes?: string[];
                tls?: boolean;
              };
            };
          } & {
            protocol?: 'https';
            http: components['schemas']['LoadBalancerServiceHTTPSConfig'];
          })
      )[];
      targets: (
        | ({
            type: 'server' | 'label_selector' | 'ip';
          } & {
            type?: 'server';
            server: {
              id: number;
              ip: string;
            };
            health_status: {
              listen_port: number;
              status: 'healthy' | 'unhealthy' | 'unknown';
              detail?:
                | 'unspecified'
                | 'layer4_no_connection'
                | 'layer4_timeout'
                | 'layer7_timeout'
                | 'unexpected_http_status'
                | 'unexpected_http_content';
              http_status_code?: number;
            }[];
            use_private_ip: boolean;
          })
        | ({
            type: 'server' | 'label_selector' | 'ip';
          } & {
            type?: 'label_selector';
            label_selector: components['schemas']['LoadBalancerTargetLabelSelector'];
            targets: components['schemas']['LoadBalancerTargetTarget'][];
            use_private_ip: boolean;
          })
        | ({
            type: 'server' | 'label_selector' | 'ip';
          } & {
            type?: 'ip';
            ip: components['schemas']['LoadBalancerTargetIP'];
            health_status: {
              listen_port: number;
              status: 'healthy' | 'unhealthy' | 'unknown';
              detail?:
                | 'unspecified'
                | 'layer4_no_connection'
                | 'layer4_timeout'
                | 'layer7_timeout'
                | 'unexpected_http_status'
                | 'unexpected_http_content';
              http_status_code?: number;
            }[];
          })
      )[];
      algorithm: components['schemas']['LoadBalancerAlgorithm'];
      outgoing_traffic: number | null;
      ingoing_traffic: number | null;
      included_traffic: number;
    };
    LoadBalancerAlgorithm: {
      type: 'round_robin' | 'least_connections';
    };
    LoadBalancerService: {
      protocol?: 'tcp' | 'http' | 'https';
      listen_port?: number;
      destination_port?: number;
      proxyprotocol?: boolean;
      health_check?: {
        protocol?: 'tcp' | 'http';
        port?: number;
        interval?: number;
        timeout?: number;
        retries?: number;
        http?: {
          domain?: string | null;
          path?: string;
          response?: string;
          status_codes?: string[];
          tls?: boolean;
        };
      } & Record<string, never>;
    };
    LoadBalancerServiceHTTP: {
      cookie_name?: string;
      cookie_lifetime?: number;
      timeout_idle?: number;
      certificates?: number[];
      redirect_http?: boolean;
      sticky_sessions?: boolean;
    };
    LoadBalancerServiceHTTPConfig: {
      cookie_name: string;
      cookie_lifetime: number;
      timeout_idle: number;
      sticky_sessions: boolean;
    };
    LoadBalancerServiceHTTPSConfig: {
      cookie_name: string;
      cookie_lifetime: number;
      timeout_idle: number;
      certificates: number[];
      redirect_http: boolean;
      sticky_sessions: boolean;
    };
    LoadBalancerTarget: {
      type: 'server' | 'label_selector' | 'ip';
      server?: {
        id: number;
        ip?: string;
      };
      label_selector?: components['schemas']['LoadBalancerTargetLabelSelector'];
      ip?: components['schemas']['LoadBalancerTargetIP'];
    };
    LoadBalancerTargetIP: {
      ip: string;
    };
    LoadBalancerTargetLabelSelector: {
      selector: string;
    };
    LoadBalancerTargetTarget: {
      type: string;
      server: {
        id: number;
        ip: string;
      };
      health_status: {
        listen_port: number;
        status: 'healthy' | 'unhealthy' | 'unknown';
        detail?:
          | 'unspecified'
          | 'layer4_no_connection'
          | 'layer4_timeout'
          | 'layer7_timeout'
          | 'unexpected_http_status'
          | 'unexpected_http_content';
        http_status_code?: number;
      }[];
      use_private_ip: boolean;
    };
    LoadBalancerType: {
      id: number;
      name: string;
      description: string;
      max_connections: number;
      max_services: number;
      max_targets: number;
      max_assigned_certificates: number;
      deprecation: {
        unavailable_after: string;
        announced: string;
      } | null;
      prices: {
        location: string;
        price_hourly: {
          net: string;
          gross: string;
        };
        price_monthly: {
          net: string;
          gross: string;
        };
        included_traffic: number;
        price_per_tb_traffic: {
          net: string;
          gross: string;
        };
      }[];
    };
    Location: {
      id: number;
      name: string;
      description: string;
      country: string;
      city: string;
      latitude: number;
      longitude: number;
      network_zone: string;
    };
    Network: {
      id: number;
      name: string;
      ip_range: string;
      subnets: {
        type: 'cloud' | 'server' | 'vswitch';
        ip_range?: string;
        network_zone: string;
        gateway: string;
        vswitch_id?: number | null;
      }[];
      routes: {
        destination: string;
        gateway: string;
      }[];
      servers: number[];
      load_balancers?: number[];
      protection: {
        delete: boolean;
      };
      labels: {
        [key: string]: string;
      };
      created: string;
      expose_routes_to_vswitch: boolean;
    };
    PlacementGroup: {
      id: number;
      name: string;
      labels: {
        [key: string]: string;
      };
      type: 'spread';
      created: string;
      servers: number[];
    };
    PlacementGroupResponse: {
      placement_group: components['schemas']['PlacementGroup'];
    };
    PrimaryIPResponse: {
      primary_ip: components['schemas']['PrimaryIp'];
    };
    PrimaryIp: {
      id: number;
      name: string;
      labels: {
        [key: string]: string;
      };
      created: string;
      blocked: boolean;
      location: components['schemas']['Location'];
      ip: string;
      dns_ptr: {
        ip: string;
        dns_ptr: string;
      }[];
      protection: {
        delete: boolean;
      };
      type: 'ipv4' | 'ipv6';
      auto_delete: boolean;
      assignee_type: 'server' | 'unassigned' | 'load_balancer';
      assignee_id: number | null;
    };
    Rule: {
      description?: string | null;
      direction: 'in' | 'out';
      source_ips?: string[];
      destination_ips?: string[];
      protocol: 'tcp' | 'udp' | 'icmp' | 'esp' | 'gre';
      port?: string;
    };
    RuleResponse: {
      description?: string | null;
      direction: 'in' | 'out';
      source_ips: string[];
      destination_ips: string[];
      protocol: 'tcp' | 'udp' | 'icmp' | 'esp' | 'gre';
      port: string | null;
    };
    Server: {
      id: number;
      name: string;
      status:
        | 'running'
        | 'initializing'
        | 'starting'
        | 'stopping'
        | 'off'
        | 'deleting'
        | 'migrating'
        | 'rebuilding'
        | 'unknown';
      created: string;
      public_net: {
        ipv4: {
          id?: number;
          ip: string;
          blocked: boolean;
          dns_ptr: string;
        } | null;
        ipv6: {
          id?: number;
          ip: string;
          blocked: boolean;
          dns_ptr:
            | {
                ip: string;
                dns_ptr: string;
              }[]
            | null;
        } | null;
        floating_ips: number[];
        firewalls?: components['schemas']['ServerPublicNetFirewall'][];
      };
      private_net: {
        network?: number;
        ip?: string;
        alias_ips?: string[];
        mac_address?: string;
      }[];
      server_type: components['schemas']['ServerType'];
      location: components['schemas']['Location'];
      image: {
        id: number;
        type: 'system' | 'app' | 'snapshot' | 'backup';
        status: 'available' | 'creating' | 'unavailable';
        name: string | null;
        description: string;
        image_size: number | null;
        disk_size: number;
        created: string;
        created_from: {
          id: number;
          name: string;
        } | null;
        bound_to: number | null;
        os_flavor:
          | 'ubuntu'
          | 'centos'
          | 'debian'
          | 'fedora'
          | 'rocky'
          | 'alma'
          | 'opensuse'
          | 'unknown';
        os_version: string | null;
        rapid_deploy?: boolean;
        protection: {
          delete: boolean;
        };
        deleted: string | null;
        labels: {
          [key: string]: string;
        };
        architecture: 'x86' | 'arm';
        deprecation: {
          unavailable_after: string;
          announced: string;
        } | null;
      } | null;
      iso: {
        id: number;
        name: string | null;
        description: string;
        type: 'public' | 'private' | null;
        deprecation: {
          unavailable_after: string;
          announced: string;
        } | null;
        architecture: 'x86' | 'arm' | null;
      } | null;
      rescue_enabled: boolean;
      locked: boolean;
      backup_window: string | null;
      outgoing_traffic: number | null;
      ingoing_traffic: number | null;
      included_traffic: number | null;
      protection: {
        delete: boolean;
        rebuild: boolean;
      };
      labels: {
        [key: string]: string;
      };
      volumes?: number[];
      load_balancers?: number[];
      primary_disk_size: number;
      placement_group?: {
        id: number;
        name: string;
        labels: {
          [key: string]: string;
        };
        type: 'spread';
        created: string;
        servers: number[];
      } | null;
    };
    ServerPublicNetFirewall: {
      id?: number;
      status?: 'applied' | 'pending';
    };
    ServerType: {
      id: number;
      name: string;
      description: string;
      cores: number;
      memory: number;
      disk: number;
      prices: {
        location: string;
        price_hourly: {
          net: string;
          gross: string;
        };
        price_monthly: {
          net: string;
          gross: string;
        };
        included_traffic: number;
        price_per_tb_traffic: {
          net: string;
          gross: string;
        };
      }[];
      storage_type: 'local' | 'network';
      cpu_type: 'shared' | 'dedicated';
      category?: string;
      architecture: 'x86' | 'arm';
      deprecation?: {
        unavailable_after: string;
        announced: string;
      } | null;
      locations: {
        id: number;
        name: string;
        deprecation: {
          unavailable_after: string;
          announced: string;
        } | null;
        recommended: boolean;
        available: boolean;
      }[];
    };
    SshKey: {
      id: number;
      name: string;
      fingerprint: string;
      public_key: string;
      labels: {
        [key: string]: string;
      };
      created: string;
    };
    Volume: {
      id: number;
      created: string;
      name: string;
      server: number | null;
      location: components['schemas']['Location'];
      size: number;
      linux_device: string;
      protection: {
        delete: boolean;
      };
      labels: {
        [key: string]: string;
      };
      status: 'available' | 'creating';
      format: string | null;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
