"""What the OpenAPI document says about our tokens and errors."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "core.rest.TokenAuthentication"
    name = "令牌"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "填写 Token xc_…（令牌由县里的系统管理员发放，只显示一次）",
        }
