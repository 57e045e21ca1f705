"""The demo county: invented 清源县 with a few years of history, built through the product's own actions.

Everything follows from one seed: neither the clock nor the hash seed has a say, so every installation shows the same
county (but for passwords, ciphertexts and the times in the log)."""
