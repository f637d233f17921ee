# SPDX-License-Identifier: EUPL-1.2
"""Coordinates of the Latvian system LKS-92 TM made into degrees, as registers here write them. Plain values in and out.

Transverse Mercator on GRS 80 with the central meridian 24° E, scale 0.9996, false easting 500 km and false northing
−6000 km (Cabinet regulation 879/2011; EPSG:3059). Series in the third flattening after Krüger (1912), better than a
millimetre within Latvia. WGS 84 and LKS-92 differ here by less than a metre.
"""

import math

_AXIS, _FLATTENING = 6_378_137.0, 1 / 298.257222101
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96,
    _N**2 / 48 + _N**3 / 15,
    17 * _N**3 / 480,
)
_DELTA = (2 * _N - 2 * _N**2 / 3 - 2 * _N**3, 7 * _N**2 / 3 - 8 * _N**3 / 5, 56 * _N**3 / 15)
_SCALE, _EASTING, _NORTHING, _MERIDIAN = 0.9996, 500_000.0, -6_000_000.0, 24.0


def is_lks92(east: float, north: float) -> bool:
    """Say whether two numbers can be metres of LKS-92 within or near Latvia."""
    return 250_000 <= east <= 800_000 and 120_000 <= north <= 500_000


def degrees_of(east: float, north: float) -> tuple[float, float]:
    """Return longitude and latitude in degrees of a point given in metres to the east and north.

    >>> degrees_of(500_000.0, 317_385.921), degrees_of(506_891.702, 311_981.728)  # Snyder's series forward
    ((24.0, 57.0), (24.1133, 56.9514))
    """
    xi = (north - _NORTHING) / (_SCALE * _RADIUS)
    eta = (east - _EASTING) / (_SCALE * _RADIUS)
    xi_, eta_ = xi, eta
    for number, beta in enumerate(_BETA, start=1):
        xi_ -= beta * math.sin(2 * number * xi) * math.cosh(2 * number * eta)
        eta_ -= beta * math.cos(2 * number * xi) * math.sinh(2 * number * eta)
    chi = math.asin(math.sin(xi_) / math.cosh(eta_))
    latitude = chi + sum(delta * math.sin(2 * number * chi) for number, delta in enumerate(_DELTA, start=1))
    longitude = math.atan2(math.sinh(eta_), math.cos(xi_))
    return round(_MERIDIAN + math.degrees(longitude), 6), round(math.degrees(latitude), 6)
