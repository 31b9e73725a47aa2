"""MBG/NBD model (btyd/mbgnbd.h)."""

from betageo import Model, headers, preamble

HEADERS = headers("mbgnbd")
PREAMBLE = preamble("mbgnbd")
CHECKS = Model("mbgnbd", 1).checks()
