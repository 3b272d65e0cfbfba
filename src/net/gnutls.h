// SPDX-License-Identifier: ISC
/*
 * gnutls.h - GnuTLS, for the sources that call it
 *
 * Here its names mean what the library has once it is mapped (base/library.h).
 * A call that is not in the list is unknown to the linker.  Built with
 * --disable-on-demand they are the linked library's, as everywhere.
 */
#ifndef MINISMTP_NET_GNUTLS_H
#define MINISMTP_NET_GNUTLS_H

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "base/err.h"

#include "config.h"

/* Maps it, the first time; afterwards nothing that a sandbox could mind. */
int gnutls_load(struct err *e);

#ifdef GNUTLS_FILE

#define GNUTLS_CALLS(X) \
	X(alert_get) X(alert_get_name) X(alert_send_appropriate) \
	X(alpn_set_protocols) X(bye) X(certificate_allocate_credentials) \
	X(certificate_free_credentials) X(certificate_get_peers) \
	X(certificate_get_trust_list) X(certificate_set_verify_function) \
	X(certificate_set_x509_crl_file) X(certificate_set_x509_key_file2) \
	X(certificate_verify_peers) X(check_version) X(cipher_get) \
	X(cipher_get_name) X(credentials_set) X(deinit) X(error_is_fatal) \
	X(global_init) X(handshake) X(hash_fast) X(hmac_fast) X(init) \
	X(memcmp) X(memset) X(pbkdf2) X(pk_get_name) X(prf_rfc5705) \
	X(priority_set_direct) X(protocol_get_name) X(protocol_get_version) \
	X(pubkey_deinit) X(pubkey_export2) X(pubkey_import_x509) \
	X(pubkey_init) \
	X(record_get_direction) X(record_recv) X(record_send) \
	X(server_name_set) X(session_channel_binding) \
	X(session_ext_master_secret_status) X(session_get_data2) \
	X(session_get_flags) X(session_get_ptr) X(session_is_resumed) \
	X(session_set_data) X(session_set_ptr) \
	X(set_default_priority_append) X(strerror) X(transport_set_int2) \
	X(x509_crt_check_hostname2) X(x509_crt_check_ip) \
	X(x509_crt_check_issuer) X(x509_crt_deinit) \
	X(x509_crt_get_activation_time) X(x509_crt_get_dn3) \
	X(x509_crt_get_expiration_time) X(x509_crt_get_fingerprint) \
	X(x509_crt_get_issuer_dn3) X(x509_crt_get_key_id) \
	X(x509_crt_get_pk_algorithm) X(x509_crt_get_subject_alt_name) \
	X(x509_crt_import) X(x509_crt_init) X(x509_trust_list_add_cas) \
	X(x509_trust_list_add_system_trust) X(x509_trust_list_deinit) \
	X(x509_trust_list_init) X(x509_trust_list_verify_crt2)

struct gnutls_calls {
#define X(name) __typeof__(gnutls_##name) *name;
	GNUTLS_CALLS(X)
#undef X
#if GNUTLS_VERSION_NUMBER >= 0x030704
	__typeof__(gnutls_ciphersuite_get) *ciphersuite_get;
#endif
	__typeof__(gnutls_free) *free;	/* a variable */
};

extern struct gnutls_calls gnutls_lib;

#define gnutls_alert_get gnutls_lib.alert_get
#define gnutls_alert_get_name gnutls_lib.alert_get_name
#define gnutls_alert_send_appropriate gnutls_lib.alert_send_appropriate
#define gnutls_alpn_set_protocols gnutls_lib.alpn_set_protocols
#define gnutls_bye gnutls_lib.bye
#define gnutls_certificate_allocate_credentials \
	gnutls_lib.certificate_allocate_credentials
#define gnutls_certificate_free_credentials \
	gnutls_lib.certificate_free_credentials
#define gnutls_certificate_get_peers gnutls_lib.certificate_get_peers
#define gnutls_certificate_get_trust_list gnutls_lib.certificate_get_trust_list
#define gnutls_certificate_set_verify_function \
	gnutls_lib.certificate_set_verify_function
#define gnutls_certificate_set_x509_crl_file \
	gnutls_lib.certificate_set_x509_crl_file
#define gnutls_certificate_set_x509_key_file2 \
	gnutls_lib.certificate_set_x509_key_file2
#define gnutls_certificate_verify_peers gnutls_lib.certificate_verify_peers
#define gnutls_check_version gnutls_lib.check_version
#define gnutls_cipher_get gnutls_lib.cipher_get
#define gnutls_cipher_get_name gnutls_lib.cipher_get_name
#define gnutls_credentials_set gnutls_lib.credentials_set
#define gnutls_deinit gnutls_lib.deinit
#define gnutls_error_is_fatal gnutls_lib.error_is_fatal
#define gnutls_global_init gnutls_lib.global_init
#define gnutls_handshake gnutls_lib.handshake
#define gnutls_hash_fast gnutls_lib.hash_fast
#define gnutls_hmac_fast gnutls_lib.hmac_fast
#define gnutls_init gnutls_lib.init
#define gnutls_memcmp gnutls_lib.memcmp
#define gnutls_memset gnutls_lib.memset
#define gnutls_pbkdf2 gnutls_lib.pbkdf2
#define gnutls_pk_get_name gnutls_lib.pk_get_name
#define gnutls_prf_rfc5705 gnutls_lib.prf_rfc5705
#define gnutls_priority_set_direct gnutls_lib.priority_set_direct
#define gnutls_protocol_get_name gnutls_lib.protocol_get_name
#define gnutls_protocol_get_version gnutls_lib.protocol_get_version
#define gnutls_pubkey_deinit gnutls_lib.pubkey_deinit
#define gnutls_pubkey_export2 gnutls_lib.pubkey_export2
#define gnutls_pubkey_import_x509 gnutls_lib.pubkey_import_x509
#define gnutls_pubkey_init gnutls_lib.pubkey_init
#define gnutls_record_get_direction gnutls_lib.record_get_direction
#define gnutls_record_recv gnutls_lib.record_recv
#define gnutls_record_send gnutls_lib.record_send
#define gnutls_server_name_set gnutls_lib.server_name_set
#define gnutls_session_channel_binding gnutls_lib.session_channel_binding
#define gnutls_session_ext_master_secret_status \
	gnutls_lib.session_ext_master_secret_status
#define gnutls_session_get_data2 gnutls_lib.session_get_data2
#define gnutls_session_get_flags gnutls_lib.session_get_flags
#define gnutls_session_get_ptr gnutls_lib.session_get_ptr
#define gnutls_session_is_resumed gnutls_lib.session_is_resumed
#define gnutls_session_set_data gnutls_lib.session_set_data
#define gnutls_session_set_ptr gnutls_lib.session_set_ptr
#define gnutls_set_default_priority_append \
	gnutls_lib.set_default_priority_append
#define gnutls_strerror gnutls_lib.strerror
#define gnutls_transport_set_int2 gnutls_lib.transport_set_int2
#define gnutls_x509_crt_check_hostname2 gnutls_lib.x509_crt_check_hostname2
#define gnutls_x509_crt_check_ip gnutls_lib.x509_crt_check_ip
#define gnutls_x509_crt_check_issuer gnutls_lib.x509_crt_check_issuer
#define gnutls_x509_crt_deinit gnutls_lib.x509_crt_deinit
#define gnutls_x509_crt_get_activation_time \
	gnutls_lib.x509_crt_get_activation_time
#define gnutls_x509_crt_get_dn3 gnutls_lib.x509_crt_get_dn3
#define gnutls_x509_crt_get_expiration_time \
	gnutls_lib.x509_crt_get_expiration_time
#define gnutls_x509_crt_get_fingerprint gnutls_lib.x509_crt_get_fingerprint
#define gnutls_x509_crt_get_issuer_dn3 gnutls_lib.x509_crt_get_issuer_dn3
#define gnutls_x509_crt_get_key_id gnutls_lib.x509_crt_get_key_id
#define gnutls_x509_crt_get_pk_algorithm gnutls_lib.x509_crt_get_pk_algorithm
#define gnutls_x509_crt_get_subject_alt_name \
	gnutls_lib.x509_crt_get_subject_alt_name
#define gnutls_x509_crt_import gnutls_lib.x509_crt_import
#define gnutls_x509_crt_init gnutls_lib.x509_crt_init
#define gnutls_x509_trust_list_add_cas gnutls_lib.x509_trust_list_add_cas
#define gnutls_x509_trust_list_add_system_trust \
	gnutls_lib.x509_trust_list_add_system_trust
#define gnutls_x509_trust_list_deinit gnutls_lib.x509_trust_list_deinit
#define gnutls_x509_trust_list_init gnutls_lib.x509_trust_list_init
#define gnutls_x509_trust_list_verify_crt2 \
	gnutls_lib.x509_trust_list_verify_crt2
#define gnutls_ciphersuite_get gnutls_lib.ciphersuite_get
#define gnutls_free (*gnutls_lib.free)

#endif
#endif
