"""
The read API of Google's Fact Check Tools, `v1alpha1`, answered from our claims.

Follows the discovery document that Google's own clients carry, so that they need
nothing but another address.
"""
